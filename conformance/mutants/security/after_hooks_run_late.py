"""A plain hook after the endpoint, or for its error, that waits for a thread when the time is over is called later."""

import asyncio

from mutation import replace
from utilmeta.core.pipeline import middleware

VARIANTS = ("starlette-async", "fastapi-async", "sanic-async", "tornado-async", "django-async", "flask-async")

middleware.asyncio = asyncio
replace(
    middleware.Composition.ready,
    "return await run_in_thread(context.run, self.invoke, partial(function, *arguments, **named))",
    "called = run_in_thread(context.run, self.invoke, partial(function, *arguments, **named))\n"
    "            return await (asyncio.shield(called) if arguments[1:] else called)",
)
