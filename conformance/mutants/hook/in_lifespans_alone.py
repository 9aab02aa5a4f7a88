"""Where no lifespan is opened no startup hook runs."""

from mutation import replace
from utilmeta.core.pipeline import dispatch

VARIANTS = ("django-async", "fastapi-sync", "fastapi-async", "starlette-sync", "starlette-async")

replace(dispatch.compile_async_handle, "await lifecycle.astart()", "pass")
