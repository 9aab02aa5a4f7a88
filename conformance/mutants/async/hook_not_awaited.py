"""An `async def` hook is called, and its coroutine left lying."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import settle_hook

VARIANTS = ("starlette-async",)

replace(settle_hook, "await result", "result.close()")
