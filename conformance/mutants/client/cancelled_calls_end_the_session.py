"""An awaited call that is cancelled leaves a session that is closed to the client."""

from mutation import replace
from utilmeta.core.cli.transport.connections import Connections

replace(
    Connections.asend,
    "    if session is not None:\n        return await session.send(outgoing, deadline)",
    "    if session is not None:\n"
    "        try:\n"
    "            return await session.send(outgoing, deadline)\n"
    "        except asyncio.CancelledError:\n"
    "            await session.close()\n"
    "            raise",
)
