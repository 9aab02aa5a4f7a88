"""The detail of an HTTP exception repeats the title."""

from mutation import replace
from utilmeta.core.errors import framework

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

replace(framework.plain_detail, "detail.lower() == HTTPStatus(status).phrase.lower()", "False")
