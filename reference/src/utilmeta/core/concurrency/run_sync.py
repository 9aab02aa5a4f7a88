"""Waiting for what is asynchronous where nothing awaits: in ``setup()``, before anything serves."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
from typing import Any


def complete(result: Any) -> Any:
    """The result of an awaitable; anything else as it is.

    It runs on an event loop of its own, in a thread of its own, for a loop may run in this one: uvicorn imports the
    application on the loop that will serve it.
    """
    if not inspect.isawaitable(result):
        return result
    from concurrent.futures import ThreadPoolExecutor

    async def waiting() -> Any:
        return await result

    with ThreadPoolExecutor(1, "utilmeta-setup") as pool:
        return pool.submit(contextvars.copy_context().run, asyncio.run, waiting()).result()
