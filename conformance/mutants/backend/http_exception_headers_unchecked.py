"""The headers of a framework's HTTP exception are written as they are."""

from mutation import replace
from utilmeta.core.response import response

VARIANTS = (
    "flask-sync",
    "flask-async",
    "starlette-sync",
    "starlette-async",
    "fastapi-sync",
    "fastapi-async",
    "sanic-sync",
    "sanic-async",
)

replace(response.headers_of, "checked_headers(answer.headers)", "dict(answer.headers).items()")
