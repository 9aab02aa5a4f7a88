"""A library that only calls is refused in an `async def` function after the request was sent."""

from mutation import replace
from utilmeta.core.cli.transport.connections import Connections

replace(
    Connections.asend,
    "return answer",
    'raise TypeError(f"{self.library.name} does not await")',
)
