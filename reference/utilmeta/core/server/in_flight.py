"""Requests that run to their end though their client has left, on servers that cancel them then (ASYNC-9a)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from utilmeta.core.response.raised import cancel

Result = TypeVar("Result")

# Seconds that what was cancelled at a stop has to come to its end.
CANCELLED = 1


class InFlight:
    """What answers requests, each in a task of its own or in a thread that a future waits for."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything, in a forked process: there is no loop that runs it."""
        self.work: set[asyncio.Future[Any]] = set()
        self.until: float | None = None

    async def run(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        """Await it in a task of its own."""
        return await self.keep(asyncio.create_task(coroutine))

    async def keep(self, work: asyncio.Future[Result]) -> Result:
        """The result of ``work``, which goes on where the one who waits for it is cancelled."""
        self.work.add(work)
        work.add_done_callback(self.work.discard)
        return await asyncio.shield(work)

    def stop_within(self, seconds: float) -> None:
        """The server has begun to stop; what is in flight has so many seconds from now on (HOOK-9)."""
        self.until = asyncio.get_running_loop().time() + seconds

    async def end(self, seconds: float) -> None:
        """Wait until nothing is in flight, for ``seconds`` unless ``stop_within`` said until when; cancel the rest."""
        if not self.work:
            return
        if self.until is not None:
            seconds = max(0, self.until - asyncio.get_running_loop().time())
        _, late = await asyncio.wait(set(self.work), timeout=seconds)
        for work in late:
            cancel(work)
        if late:
            await asyncio.wait(late, timeout=CANCELLED)
