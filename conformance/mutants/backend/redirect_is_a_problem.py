"""An HTTP exception is a problem whatever its status."""

from mutation import replace
from utilmeta.core.response import template

VARIANTS = (
    "flask-sync",
    "flask-async",
    "starlette-sync",
    "starlette-async",
    "fastapi-sync",
    "fastapi-async",
    "sanic-sync",
    "sanic-async",
    "tornado-sync",
    "tornado-async",
)

replace(template.response_to, " and answer.status >= 400", "")
