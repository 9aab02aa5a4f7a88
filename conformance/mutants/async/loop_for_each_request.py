"""Without a loop of the server's each coroutine gets one of its own, as by `asyncio.run`, which is closed after it."""

import asyncio

from utilmeta.core.concurrency import portal

VARIANTS = ("flask-async",)


async def waiting(awaitable):
    return await awaitable


portal.Portal.settle = lambda self, awaitable: asyncio.run(waiting(awaitable))
