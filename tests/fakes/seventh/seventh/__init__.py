"""A web framework of the tests: an ASGI application with fixed routes, a lifespan, and one handler for what is left."""

from __future__ import annotations

import contextlib


class Application:
    """`routes` are handlers by method and path, `rest` the handler of every other request; each takes scope, receive
    and send. `lifespan` makes an asynchronous context manager that is entered while the application is served."""

    def __init__(self, *, debug=False, lifespan=contextlib.nullcontext):
        self.debug = debug
        self.lifespan = lifespan
        self.routes = {}
        self.rest = None

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["type"] == "http":
            await self.routes.get((scope["method"], scope["path"]), self.rest)(scope, receive, send)

    async def live(self, receive, send):
        """The lifespan protocol of ASGI."""
        await receive()
        began = False
        try:
            async with self.lifespan():
                began = True
                await send({"type": "lifespan.startup.complete"})
                await receive()
        except Exception as error:  # noqa: BLE001 - the server is told
            await send({"type": f"lifespan.{'shutdown' if began else 'startup'}.failed", "message": str(error)})
            return
        await send({"type": "lifespan.shutdown.complete"})
