"""Requests to a Sanic application as an ASGI server gives them, also beside a server that serves it."""

from __future__ import annotations

from typing import Any

from sanic.application.constants import ServerStage

from utilmeta.core.cli.transport.message import Answer, Outgoing
from utilmeta.core.server.inside.asgi import ASGIExchange


class SanicExchange(ASGIExchange):
    """Answers requests by Sanic. It is started once, its listeners run at each begin.

    Its own lifespan compiles the application anew each time, which it can do but once (TouchUp).
    """

    async def answer(self, outgoing: Outgoing) -> Answer:
        await self.prepare()
        return await super().answer(outgoing)

    async def begin(self) -> None:
        await self.prepare()
        await self.application._server_event("init", "before")
        await self.application._server_event("init", "after")

    async def end(self) -> None:
        await super().end()
        await self.application._server_event("shutdown", "before")
        await self.application._server_event("shutdown", "after")
        self.application.asgi = False  # a server of its own may follow

    async def prepare(self) -> None:
        """Start an application that no server of its own has started."""
        application: Any = self.application
        if application.state.stage is not ServerStage.STOPPED or application.asgi:
            return
        application.asgi = True
        if not application.router.finalized:
            native, application.config.TOUCHUP = application.config.TOUCHUP, False
            try:
                await application._startup()
            finally:
                application.config.TOUCHUP = native
