"""A library that only awaits is refused in a plain function after the request was sent."""

from mutation import replace
from utilmeta.core.cli.connections import Connections

replace(
    Connections.send,
    "if self.library.call is None:",
    "if self.library.call is None:\n        asyncio.run(self.asend(outgoing, deadline))",
)
