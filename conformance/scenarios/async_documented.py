"""An `async def` endpoint, as the page writes it."""

import asyncio

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION
from utilmeta import UtilMeta
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    async def nonce(self):
        return NONCE

    @api.get
    async def awaited(self):
        await asyncio.sleep(0.01)
        return NONCE[::-1]


service = UtilMeta(
    __name__,
    name="async_documented",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)

app = service.application()
