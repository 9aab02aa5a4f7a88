"""Middleware that raises is answered in development without the application's own handler of exceptions."""

from mutation import replace
from utilmeta.core.server.backends.starlette_debug_pages import Withheld

VARIANTS = ("starlette-async", "fastapi-async")

replace(Withheld.__call__, "ServerErrorMiddleware(again, self.handler)", "ServerErrorMiddleware(again)")
