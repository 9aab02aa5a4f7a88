"""Hooks run in the first lifespan of a process and in no other."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

VARIANTS = (
    "django-async",
    "fastapi-sync",
    "fastapi-async",
    "starlette-sync",
    "starlette-async",
)

replace(Lifecycle.begin, "self.reset()", "pass")
