"""A synchronous service takes an `async def` shutdown hook: only the startup hooks are looked at."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

replace(Lifecycle.check, "(*self.startup, *self.shutdown)", "self.startup")
