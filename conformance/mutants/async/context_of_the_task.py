"""An endpoint has the context of its request's task, in which uvicorn starts the next request of the connection."""

from utilmeta.core.pipeline import dispatch

VARIANTS = ("starlette-async",)

dispatch.in_own_context = lambda coroutine: coroutine
