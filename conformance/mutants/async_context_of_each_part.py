"""What a plain hook sets in a variable beside an `async def` stays with it."""

from utilmeta.core.server import composition

VARIANTS = ("starlette-async", "flask-async")

composition.adopt = lambda context: None
