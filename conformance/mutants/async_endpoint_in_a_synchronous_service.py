"""A synchronous service takes an `async def` endpoint that `functools.wraps` has given another name."""

from mutation import replace
from utilmeta.core.api.tree import Endpoint

replace(Endpoint.asynchronous.fget, " or inspect.iscoroutinefunction(inspect.unwrap(self.function))", "")
