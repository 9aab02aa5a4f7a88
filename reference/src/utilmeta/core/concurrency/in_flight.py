"""Requests that run to their end though their client has left, on servers that cancel them then (ASYNC-9a)."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

from utilmeta.core.errors.raised import cancel

Result = TypeVar("Result")

# Seconds that what was cancelled at a stop has to come to its end.
CANCELLED = 1


class InFlight:
    """What answers requests, each in a task of its own or in a thread that a future waits for."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything, in a forked process: there is no loop that runs it."""
        self.waiters: dict[asyncio.Future[Any], asyncio.Future[None]] = {}
        self.until: float | None = None

    async def run(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        """Await it in a task of its own."""
        task = begin(coroutine)
        return task.result() if task.done() else await self.keep(task)

    async def keep(self, work: asyncio.Future[Result]) -> Result:
        """The result of ``work``, which goes on where the one who waits for it is cancelled."""
        waiter = self.waiters[work] = work.get_loop().create_future()
        work.add_done_callback(self.done)
        await waiter
        return work.result()

    def done(self, work: asyncio.Future[Any]) -> None:
        waiter = self.waiters.pop(work)
        if not waiter.done():
            waiter.set_result(None)

    def stop_within(self, seconds: float) -> None:
        """The server has begun to stop; what is in flight has so many seconds from now on (HOOK-9)."""
        self.until = asyncio.get_running_loop().time() + seconds

    async def end(self, seconds: float) -> None:
        """Wait until nothing is in flight, for ``seconds`` unless ``stop_within`` said until when; cancel the rest."""
        if not self.waiters:
            return
        if self.until is not None:
            seconds = max(0, self.until - asyncio.get_running_loop().time())
        _, late = await asyncio.wait(list(self.waiters), timeout=seconds)
        for work in late:
            cancel(work)
        if late:
            await asyncio.wait(late, timeout=CANCELLED)


if sys.version_info >= (3, 12):

    def begin(coroutine: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """A task that has begun, and has ended where it waits for nothing."""
        return asyncio.Task(coroutine, loop=asyncio.get_running_loop(), eager_start=True)

else:
    begin = asyncio.create_task
