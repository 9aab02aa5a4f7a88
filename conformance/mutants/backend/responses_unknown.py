"""A response object of the framework is no result."""

from mutation import replace
from utilmeta.core.server.app_spec import Serving

VARIANTS = (
    "django-sync",
    "django-async",
    "flask-sync",
    "flask-async",
    "starlette-sync",
    "starlette-async",
    "fastapi-sync",
    "fastapi-async",
    "sanic-sync",
    "sanic-async",
)

replace(Serving.handle, "kind.responses()", "{}")
