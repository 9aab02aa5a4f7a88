"""Starlette's debug page is the answer to what middleware raises."""

from mutation import replace
from utilmeta.core.server.backends.starlette_debug_pages import Withheld

VARIANTS = ("starlette-async", "fastapi-async")

replace(Withheld.__call__, '"endpoint" in scope', "True")
