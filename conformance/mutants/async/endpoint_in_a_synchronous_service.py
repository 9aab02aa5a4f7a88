"""A synchronous service takes an `async def` endpoint that `functools.wraps` has given another name."""

from mutation import replace
from utilmeta.core.api import tree

replace(tree.is_async, " or inspect.iscoroutinefunction(inspect.unwrap(function))", "")
