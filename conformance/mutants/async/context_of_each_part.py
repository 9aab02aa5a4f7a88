"""What a plain hook sets in a variable beside an `async def` stays with it."""

from utilmeta.core.pipeline import chain_compiler

VARIANTS = ("starlette-async", "flask-async")

chain_compiler.adopt = lambda context: None
