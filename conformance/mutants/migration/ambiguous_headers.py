"""A mounted WSGI application gets header fields with an underscore in their names."""

from mutation import replace
from utilmeta.core.server.backends import starlette_mounts

VARIANTS = ("starlette-sync", "starlette-async", "fastapi-sync", "fastapi-async")

replace(starlette_mounts.asgi_of, 'if b"_" not in name', "")
