"""An async hook is run by asyncio.run in a thread, on a loop of its own."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import settle_hook

VARIANTS = ("starlette-async", "tornado-async", "fastapi-async", "sanic-async")

replace(settle_hook, "await result", "await run_in_own_thread(asyncio.run, result)")
