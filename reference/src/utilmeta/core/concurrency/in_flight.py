"""Requests that run to their end after their client has left, on servers that cancel such requests (ASYNC-9a)."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

from utilmeta.core.errors.interruption import cancel

Result = TypeVar("Result")

# Seconds that work has to end after it was cancelled at a stop.
CANCELLED = 1


class InFlight:
    """Tracks the work that answers requests, tasks and futures of threads, and ends it when the server stops."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget all work, in a forked process: the event loop that runs it stayed in the parent."""
        self.waiters: dict[asyncio.Future[Any], asyncio.Future[None]] = {}
        self.until: float | None = None

    async def run(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        """Await ``coroutine`` in a task of its own, which goes on if the caller is cancelled."""
        task = begin(coroutine)
        return task.result() if task.done() else await self.keep(task)

    async def keep(self, work: asyncio.Future[Result]) -> Result:
        """Return the result of ``work``, which goes on if the caller is cancelled."""
        waiter = self.waiters[work] = work.get_loop().create_future()
        work.add_done_callback(self.done)
        await waiter
        return work.result()

    def done(self, work: asyncio.Future[Any]) -> None:
        """Wake the caller that waits for ``work``, which has ended."""
        waiter = self.waiters.pop(work)
        if not waiter.done():
            waiter.set_result(None)

    def stop_within(self, seconds: float) -> None:
        """Give work in flight ``seconds`` from now until its end; called when the server begins to stop (HOOK-9)."""
        self.until = asyncio.get_running_loop().time() + seconds

    async def end(self, seconds: float) -> None:
        """Wait until no work is in flight, then cancel the rest.

        Waits until the time that ``stop_within`` set, else for ``seconds``.
        """
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
        """Start ``coroutine`` as a task, which runs at once up to its first wait."""
        return asyncio.Task(coroutine, loop=asyncio.get_running_loop(), eager_start=True)

else:
    begin = asyncio.create_task
