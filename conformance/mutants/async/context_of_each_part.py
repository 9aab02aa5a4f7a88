"""What a plain hook sets in a variable beside an `async def` stays with it."""

from utilmeta.core.pipeline import chain

VARIANTS = ("starlette-async", "flask-async")

chain.adopt = lambda context: None
