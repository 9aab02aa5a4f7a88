"""The text of an HTTP exception whose status Python does not know is lost."""

from mutation import replace
from utilmeta.core.errors import framework

VARIANTS = (
    "fastapi-async",
    "fastapi-sync",
    "flask-async",
    "flask-sync",
    "sanic-async",
    "sanic-sync",
    "starlette-async",
    "starlette-sync",
)

replace(framework.plain_detail, "        return detail", '        return ""')
