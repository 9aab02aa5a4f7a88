"""A header is a text; a number is refused."""

from mutation import replace
from utilmeta.core.response import headers

replace(headers.written, "str(value) if", "value if")
