"""The result of an `async def` endpoint is not checked."""

from mutation import replace
from utilmeta.core.server import call

VARIANTS = ("flask-async", "starlette-async")

replace(call.checked, "return check(await call(request, values))", "return await call(request, values)")
