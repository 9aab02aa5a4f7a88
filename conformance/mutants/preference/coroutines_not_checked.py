"""The result of an `async def` endpoint is not checked."""

from mutation import replace
from utilmeta.core.pipeline import call

VARIANTS = ("flask-async", "starlette-async")

replace(
    call.finished_later,
    "return finish(await call(request, values))",
    'return await call(request, values) if finish.__name__ == "check" else finish(await call(request, values))',
)
