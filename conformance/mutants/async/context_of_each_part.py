"""What a plain hook sets in a variable beside an `async def` stays with it."""

from utilmeta.core.pipeline import middleware

VARIANTS = ("starlette-async", "flask-async")

middleware.adopt = lambda context: None
