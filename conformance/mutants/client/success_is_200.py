"""The status of an answer without an error is 200."""

from mutation import replace
from utilmeta.core.cli.template import received

replace(received, "blank(Response, status,", "blank(Response, status if status >= 400 else 200,")
