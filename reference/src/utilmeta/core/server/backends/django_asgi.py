"""Django's ASGI handler, taught what a service needs of it: lifespan, and bodies of no more than is taken."""

from __future__ import annotations

import asyncio
from typing import Any

from django.core.handlers.asgi import ASGIHandler

from utilmeta.core.request.request import LONGEST
from utilmeta.core.request.servers.asgi import SPACES, ASGIRequest
from utilmeta.core.request.servers.django import CUT_OFF
from utilmeta.core.server.backends import asgi
from utilmeta.core.server.backends.base import Deployment


class ServiceASGIHandler(ASGIHandler):  # type: ignore[misc]
    """Takes the server's lifespan messages, and of a request to an API no more of a body than that does."""

    deployments: tuple[Deployment, ...]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            with_hooks = [deployment for deployment in self.deployments if deployment.hooks]
            await asgi.lifespan((with_hooks or self.deployments)[0].lifecycle, receive, send)
            return
        limit = self.limit(scope)
        if limit is not None:
            receive = Bounded(scope, receive, limit)
            for name, value in scope.get("headers", ()):
                length = value.strip(SPACES) if name == b"content-length" else b""
                if length.isdigit() and int(length[:LONGEST]) > limit:
                    receive.refuse()
        await super().__call__(scope, receive, send)

    def limit(self, scope: Any) -> int | None:
        """The bytes of a body that this path's API takes; None for a native path."""
        for deployment in self.deployments:
            if not deployment.injected or deployment.takes(ASGIRequest(scope, unread).path_bytes()):
                return deployment.max_body_size
        return None

    async def listen_for_disconnect(self, receive: Any) -> None:
        """What is left of a body that was refused is not what Django waits for here."""

        async def disconnect() -> Any:
            while (message := await receive())["type"] == "http.request":
                continue
            return message

        await super().listen_for_disconnect(disconnect)


class Bounded:
    """Receives past the limit no more: the view sees that there is more, and refuses (ERROR-1d). Of a body that ends
    before its end Django would ask no view, and a server whose client has not left but has sent no chunks answers 500:
    the view is told, and refuses too (SECURITY-9b)."""

    def __init__(self, scope: Any, receive: Any, limit: int) -> None:
        self.scope = scope
        self.receive = receive
        self.limit = limit
        self.size = 0
        self.refused = self.whole = False

    def refuse(self) -> None:
        """The body will be refused, so it is not received at all."""
        self.refused = True

    async def __call__(self) -> Any:
        if self.refused:
            self.refused = False
            return {"type": "http.request", "body": b"", "more_body": False}
        if CUT_OFF in self.scope:
            await asyncio.get_running_loop().create_future()  # the answer is on its way
        message = await self.receive()
        if message["type"] == "http.disconnect" and not self.whole:
            self.scope[CUT_OFF] = True
            return {"type": "http.request", "body": b"", "more_body": False}
        self.size += len(message.get("body", b""))
        self.whole = self.size > self.limit or not message.get("more_body", False)
        return {**message, "more_body": False} if self.whole else message


async def unread() -> Any:
    raise RuntimeError("routing reads no body")


def serve_asgi(application: ASGIHandler, deployment: Deployment) -> None:
    """An application that was injected stays the object it is, and learns what one of ours can do."""
    if not isinstance(application, ServiceASGIHandler):
        kind = type(application)
        application.__class__ = type(kind.__name__, (ServiceASGIHandler, kind), {})
    application.deployments = (*getattr(application, "deployments", ()), deployment)
