"""Clients with connections that belong to an event loop, one for each loop of this process.

A client ends with its loop. The generator that holds it is closed by the loop's own ``shutdown_asyncgens``, which
``asyncio.run`` and the servers call; a loop that is closed without it leaves its sockets to the garbage collector.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from typing import Any

Lease = AsyncGenerator[Any, None]


class Clients:
    """One client for each event loop; ``get`` returns that of the running loop."""

    def __init__(self) -> None:
        self.leases: dict[asyncio.AbstractEventLoop, tuple[Any, Lease]] = {}
        self.inherited: list[object] = []
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.reset)

    def reset(self) -> None:
        """Start without clients in a forked process; those of the parent are kept and never touched.

        Closing their sockets here would take them from the parent's loop, because both share its selector.
        """
        self.inherited.append(self.leases)
        self.leases = {}

    async def get(self, open_client: Callable[[], Any]) -> Any:
        """Return the client of the running loop, opened at its first use."""
        loop = asyncio.get_running_loop()
        entry = self.leases.get(loop)
        if entry is None:
            for other in list(self.leases):
                if other.is_closed():
                    self.leases.pop(other, None)
            lease = self.lease(loop, open_client)
            entry = self.leases[loop] = (await anext(lease), lease)  # switches no task
        return entry[0]

    async def lease(self, loop: asyncio.AbstractEventLoop, open_client: Callable[[], Any]) -> Lease:
        """Yield a client, and disconnect it when the generator is closed."""
        client = open_client()
        try:
            yield client
        finally:
            self.leases.pop(loop, None)
            await client.connection_pool.disconnect()

    async def aclose(self) -> None:
        """Close the client of the running loop."""
        entry = self.leases.get(asyncio.get_running_loop())
        if entry is not None:
            await entry[1].aclose()
