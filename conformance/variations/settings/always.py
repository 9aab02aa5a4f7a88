"""Django is set up on every backend, whether the service uses it or not."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

LEVEL = "full"
VARIANTS = (
    "flask-sync", "starlette-async", "tornado-async", "sanic-sync", "fastapi-async", "flask-async", "sanic-async",
    "starlette-sync", "tornado-sync", "fastapi-sync",
)  # fmt: skip
replace(UtilMeta._prepare, "needed = ", "needed = True or ")
