"""Beside an `async def` a plain hook runs on the event loop."""

from mutation import replace
from utilmeta.core.pipeline.chain_compiler import ChainCompiler

VARIANTS = ("starlette-async", "flask-async")

replace(
    ChainCompiler.in_thread,
    "run_in_thread(context.run, self.call_in_scopes, partial(function, *arguments, **named))",
    "at_once(function)(*arguments, **named)",
)
