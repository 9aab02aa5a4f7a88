"""A header is sent as it was given, line breaks and all."""

from mutation import replace
from utilmeta.core.response import headers

replace(headers.safe, "if CONTROL.search(text):", "if False:")
