"""What comes of a body just before Sanic waits for it is forgotten."""

import asyncio

from mutation import replace
from utilmeta.core.server.backends import sanic_http

VARIANTS = ("sanic-sync", "sanic-async")


async def receive_later(protocol):
    await asyncio.sleep(0.001)
    await protocol.receive_more()


sanic_http.receive_later = receive_later
replace(sanic_http.StrictHttp.receive_more, "received.wait()", "receive_later(self.protocol)")
