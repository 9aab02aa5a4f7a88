"""A Content-Length is whatever Python's int() takes."""

from mutation import replace
from utilmeta.core.request import request

replace(
    request.check_length,
    "not (length.isascii() and length.isdigit())",
    'not length.lstrip("+").replace("_", "").isdecimal()',
)
