"""A library that only calls is called on the event loop."""

from mutation import replace
from utilmeta.core.cli.transport.connections import Connections

replace(
    Connections.send_in_thread,
    "asyncio.to_thread(lambda: driven(self.send(outgoing, deadline)))",
    "self.send(outgoing, deadline)",
)
