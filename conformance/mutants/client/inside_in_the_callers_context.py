"""A plain call inside the process sees the context variables of its caller."""

from mutation import replace
from utilmeta.core.server.inside import entrance

VARIANTS = (
    "flask-sync",
    "starlette-sync",
    "tornado-sync",
)

replace(
    entrance.in_thread,
    "told: Future[Any] = Future()",
    "told: Future[Any] = Future()\n    context = __import__('contextvars').copy_context()",
)
replace(entrance.in_thread, "Context().run(", "context.run(")
replace(entrance.on_loop, "Context().run(asyncio.run_coroutine_threadsafe, ", "asyncio.run_coroutine_threadsafe(")
