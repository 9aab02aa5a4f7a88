"""A mounted WSGI application is called as one of ASGI."""

from mutation import replace
from utilmeta.core.server.backends.starlette import StarletteAdapter

VARIANTS = ("starlette-sync", "starlette-async", "fastapi-sync", "fastapi-async")

replace(StarletteAdapter.mount, "asgi_of(other) if kind_of(other) is Kind.WSGI else other", "other")
