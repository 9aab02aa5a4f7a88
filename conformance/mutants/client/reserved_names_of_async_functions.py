"""An `async def` request function that is named like a built-in one is let through (CLIENT-g18)."""

from mutation import replace
from utilmeta.core.cli import declaration

replace(
    declaration.check_class,
    "if name in reserved and",
    "if name in reserved and not inspect.iscoroutinefunction(value) and",
)
