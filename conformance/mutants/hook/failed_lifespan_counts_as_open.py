"""A lifespan whose startup hook failed counts as one that is open: none after it runs the hooks again."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

VARIANTS = ("django-async", "fastapi-sync", "fastapi-async", "starlette-sync", "starlette-async")

replace(Lifecycle.begin, "await self.astart()\n    self.lives += 1", "self.lives += 1\n    await self.astart()")
