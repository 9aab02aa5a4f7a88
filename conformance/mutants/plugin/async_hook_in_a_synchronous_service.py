"""A synchronous service takes `async def` hooks, and sends nothing of theirs."""

from mutation import replace
from utilmeta.core.api.hook_resolution import EndpointHooks

replace(EndpointHooks.asynchronous.fget, "if is_async(hook.function)", "if False")
