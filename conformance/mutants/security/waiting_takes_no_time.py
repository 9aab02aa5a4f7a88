"""A call that waited for a thread for part of its time has all of it again when it runs."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import compile_async_handle

VARIANTS = ("starlette-sync", "fastapi-async", "sanic-sync", "tornado-async", "django-async")

replace(compile_async_handle, "if plan.timeout is not None:", "if False:")
