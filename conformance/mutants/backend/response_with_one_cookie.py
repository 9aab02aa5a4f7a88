"""Of the cookies that a framework's response sets one is sent."""

from mutation import replace
from utilmeta.core.response import Response

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

replace(Response.__init__, "list(checked_headers(headers))", "list(checked_headers(dict(headers)))")
