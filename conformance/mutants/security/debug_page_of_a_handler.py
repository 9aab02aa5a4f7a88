"""The framework's debug page is the answer where the application's own handler of exceptions fails."""

from mutation import replace
from utilmeta.core.server.backends.starlette_debug_pages import Withheld

VARIANTS = ("starlette-async", "fastapi-async")

replace(Withheld.__call__, "if not started:", "if False:")
