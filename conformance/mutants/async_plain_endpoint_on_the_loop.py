"""A plain endpoint runs on the event loop, and everybody else waits."""

from mutation import replace
from utilmeta.core.server.dispatch import compile_async_handle

VARIANTS = ("starlette-async",)

replace(compile_async_handle, "await run_in_thread(finish, plan, request, values)", "finish(plan, request, values)")
