"""The service's hooks take the place of the application's lifespan."""

from mutation import replace
from utilmeta.core.server.backends import starlette

VARIANTS = ("starlette-async",)

replace(starlette.with_hooks, "async with native(application) as state:", "for state in [None]:")
