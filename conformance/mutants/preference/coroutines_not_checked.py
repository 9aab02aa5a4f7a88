"""The result of an `async def` endpoint is not checked."""

from mutation import replace
from utilmeta.core.pipeline import call

VARIANTS = ("flask-async", "starlette-async")

replace(call.with_async_result_check, "return check(await call(request, values))", "return await call(request, values)")
