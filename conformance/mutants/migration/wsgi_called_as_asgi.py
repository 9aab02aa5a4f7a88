"""A mounted WSGI application is called as one of ASGI."""

from mutation import replace
from utilmeta.core.server.backends.starlette import StarletteAdapter

VARIANTS = ("starlette-sync", "starlette-async", "fastapi-sync", "fastapi-async")

replace(StarletteAdapter.mount, "if other.kind is Kind.WSGI:", "if False:")
