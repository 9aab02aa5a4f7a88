"""An `async def` endpoint and, with SCENARIO_HOOK, an `async def` startup hook, as the page writes them."""

import asyncio
import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION
from utilmeta import UtilMeta
from utilmeta.core import api

state = {"hook": "it has not run to its end"}


class RootAPI(api.API):
    @api.get
    async def nonce(self):
        return NONCE

    @api.get
    async def awaited(self):
        await asyncio.sleep(0.01)
        return NONCE[::-1]

    @api.get
    async def hooked(self):
        return state["hook"]


service = UtilMeta(
    __name__,
    name="async_documented",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)

if "SCENARIO_HOOK" in os.environ:

    @service.on_startup
    async def begin():
        await asyncio.sleep(0.01)
        state["hook"] = f"hook {NONCE}"


app = service.application()
