"""The values of a repeated header are joined with the whitespace that was around each."""

from mutation import replace
from utilmeta.core.request.parameters import extractors
from utilmeta.core.request.servers.asgi import ASGIRequest

VARIANTS = ("starlette-sync", "starlette-async", "fastapi-sync", "fastapi-async")

replace(ASGIRequest.header, "value.strip(SPACES)", "value")
replace(extractors.split, "part.strip()", "part")
