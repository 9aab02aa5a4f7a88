"""Running of awaitables from synchronous code: in ``setup()``, before any server runs."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
from typing import Any


def run_sync(result: Any) -> Any:
    """Run an awaitable to completion and return its result; return anything else as it is.

    It runs on an event loop and in a thread of its own, because this thread may already run a loop: uvicorn imports the
    application on the loop that will serve it.
    """
    if not inspect.isawaitable(result):
        return result
    from concurrent.futures import ThreadPoolExecutor

    async def waiting() -> Any:
        return await result

    with ThreadPoolExecutor(1, "utilmeta-setup") as pool:
        return pool.submit(contextvars.copy_context().run, asyncio.run, waiting()).result()
