"""The values of a repeated header are joined with the whitespace that was around each."""

from mutation import replace
from utilmeta.core.request import lookup
from utilmeta.core.request.asgi import ASGIRequest

VARIANTS = ("starlette-sync", "starlette-async", "fastapi-sync", "fastapi-async")

replace(ASGIRequest.header, "value.strip(SPACES)", "value")
replace(lookup.split, "part.strip()", "part")
