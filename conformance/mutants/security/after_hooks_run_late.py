"""A plain hook after the endpoint, or for its error, that waits for a thread when the time is over is called later."""

import asyncio

from mutation import replace
from utilmeta.core.pipeline import chain_compiler

VARIANTS = ("starlette-async", "fastapi-async", "sanic-async", "tornado-async", "django-async", "flask-async")

chain_compiler.asyncio = asyncio
replace(
    chain_compiler.ChainCompiler.in_thread,
    "return await run_in_thread(context.run, self.call_in_scopes, partial(function, *arguments, **named))",
    "called = run_in_thread(context.run, self.call_in_scopes, partial(function, *arguments, **named))\n"
    "            return await (asyncio.shield(called) if arguments[1:] else called)",
)
