"""Django's ASGI handler with what a service needs: the lifespan protocol, and limited bodies."""

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
    """ASGI handler that runs lifespan hooks, and receives no more of an API request's body than its limit."""

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
        """Return the limit, in bytes, of a body for the API that has this path; None for a native path."""
        for deployment in self.deployments:
            if deployment.takes(ASGIRequest(scope, unread).path_bytes()):
                return deployment.max_body_size
        return None

    async def listen_for_disconnect(self, receive: Any) -> None:
        """Wait for the client to leave, over the rest of a body that was refused."""

        async def disconnect() -> Any:
            while (message := await receive())["type"] == "http.request":
                continue
            return message

        await super().listen_for_disconnect(disconnect)


class Bounded:
    """ASGI ``receive`` that stops past the limit: the view sees that there is more, and refuses the body (ERROR-1d).

    For a body that is cut off Django would call no view, and a server whose client is still there but has sent bad
    chunks answers 500. So the view is called, with a mark in the scope, and refuses the body too (SECURITY-9b).
    """

    def __init__(self, scope: Any, receive: Any, limit: int) -> None:
        self.scope = scope
        self.receive = receive
        self.limit = limit
        self.size = 0
        self.refused = self.whole = False

    def refuse(self) -> None:
        """Receive nothing of a body, since it will be refused."""
        self.refused = True

    async def __call__(self) -> Any:
        if self.refused:
            self.refused = False
            return {"type": "http.request", "body": b"", "more_body": False}
        if CUT_OFF in self.scope:
            await asyncio.get_running_loop().create_future()  # wait for ever: the view is answering
        message = await self.receive()
        if message["type"] == "http.disconnect" and not self.whole:
            self.scope[CUT_OFF] = True
            return {"type": "http.request", "body": b"", "more_body": False}
        self.size += len(message.get("body", b""))
        self.whole = self.size > self.limit or not message.get("more_body", False)
        return {**message, "more_body": False} if self.whole else message


async def unread() -> Any:
    """ASGI ``receive`` for requests that are routed only, and whose body must not be read."""
    raise RuntimeError("routing reads no body")


def serve_asgi(application: ASGIHandler, deployment: Deployment) -> None:
    """Add a deployment to an ASGI handler; an injected one stays the same object and gets our class."""
    if not isinstance(application, ServiceASGIHandler):
        kind = type(application)
        application.__class__ = type(kind.__name__, (ServiceASGIHandler, kind), {})
    application.deployments = (*getattr(application, "deployments", ()), deployment)
