"""An `async def` endpoint is driven step by step in a thread of the pool, where there is no event loop."""

from mutation import replace
from utilmeta.core.pipeline import dispatch

VARIANTS = ("starlette-async",)


def drive(coroutine):
    while True:
        try:
            coroutine.send(None)
        except StopIteration as end:
            return end.value


dispatch.drive = drive
replace(
    dispatch.compile_async_handle,
    "await plan.call(request, values, *missed)",
    "await run_in_thread(drive, plan.call(request, values, *missed))",
)
