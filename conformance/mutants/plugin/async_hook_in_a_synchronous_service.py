"""A synchronous service takes `async def` hooks, and sends nothing of theirs."""

from mutation import replace
from utilmeta.core.api.hook_resolution import Surroundings

replace(Surroundings.asynchronous.fget, "if is_async(hook.function)", "if False")
