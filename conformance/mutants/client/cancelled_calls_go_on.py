"""The request of an awaited call that is cancelled goes on."""

from mutation import replace
from utilmeta.core.cli.transport.connections import Connections

replace(
    Connections.asend,
    "    if session is not None:\n        return await session.send(outgoing, deadline)",
    "    if session is not None:\n        return await asyncio.shield(session.send(outgoing, deadline))",
)
