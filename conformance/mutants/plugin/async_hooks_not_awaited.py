"""A hook or endpoint that is an `async def` is called and not awaited."""

from mutation import replace
from utilmeta.core.pipeline.chain_compiler import ChainCompiler

VARIANTS = ("starlette-async", "flask-async")

replace(ChainCompiler.in_thread, "return function\n", "return at_once(function)\n")
