"""Whitespace after the value of a header field is a part of it, where the server leaves it."""

from mutation import replace
from utilmeta.core.request.request import check_length
from utilmeta.core.request.servers.asgi import ASGIRequest
from utilmeta.core.request.servers.wsgi import WSGIRequest

VARIANTS = ("flask-sync", "flask-async", "starlette-sync", "starlette-async", "fastapi-sync", "fastapi-async")

replace(WSGIRequest.header, "else field_value(value)", "else value")
replace(ASGIRequest.header, "value.strip(SPACES)", "value")
replace(check_length, "length.strip(WHITESPACE)", "length")
