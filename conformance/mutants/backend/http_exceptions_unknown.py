"""An HTTP exception of the framework is a 500."""

from mutation import replace
from utilmeta.core.server.app_spec import Serving

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

replace(Serving.handle, ", **kind.http_exceptions()", "")
