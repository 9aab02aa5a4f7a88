"""Beside an `async def` a plain hook runs on the event loop."""

from mutation import replace
from utilmeta.core.pipeline.middleware import Composition

VARIANTS = ("starlette-async", "flask-async")

replace(
    Composition.ready,
    "run_in_thread(context.run, self.invoke, partial(function, *arguments, **named))",
    "inline(function)(*arguments, **named)",
)
