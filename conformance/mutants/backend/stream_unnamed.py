"""Nobody is told which response object is a stream."""

from mutation import replace
from utilmeta.core.errors import framework

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

replace(framework.stream, "{type(value).__module__}.{type(value).__qualname__}", "response")
