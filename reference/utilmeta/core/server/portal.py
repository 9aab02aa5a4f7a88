"""An event loop for servers that have none, so that coroutines run there too (ASYNC-5b).

One loop for each process, created at its first use on a thread of its own, and kept: what a startup hook opened on it
is there for every request.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable
from typing import Any


class Portal:
    """``settle`` waits, in any thread, for an awaitable that runs on the loop."""

    def __init__(self) -> None:
        self.reset()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.reset)

    def reset(self) -> None:
        """A forked process has neither the thread nor its loop."""
        self.lock = threading.Lock()
        self.loop: asyncio.AbstractEventLoop | None = None

    def running(self) -> asyncio.AbstractEventLoop:
        with self.lock:
            if self.loop is None:
                self.loop = asyncio.new_event_loop()
                threading.Thread(target=self.loop.run_forever, name="utilmeta-loop", daemon=True).start()
            return self.loop

    def settle(self, awaitable: Awaitable[Any]) -> Any:
        """The result of ``awaitable``; raises what it raises."""
        return asyncio.run_coroutine_threadsafe(waiting(awaitable), self.loop or self.running()).result()


async def waiting(awaitable: Awaitable[Any]) -> Any:
    return await awaitable
