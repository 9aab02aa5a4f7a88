"""An `async def` request function is called as a plain one is."""

from mutation import replace
from utilmeta.core.cli.declaration import sending

replace(
    sending,
    "if inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(inspect.unwrap(function)):",
    "if not callable(function):",
)
