"""A plain endpoint runs on the event loop, and everybody else waits."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import compile_async_handle

VARIANTS = ("starlette-async",)

replace(
    compile_async_handle,
    "            answering = run_in_thread(",
    "            return answer_in_thread(plan, request, values)\n            answering = run_in_thread(",
)
