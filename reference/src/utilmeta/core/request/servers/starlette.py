"""Request classes for Starlette and FastAPI."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from starlette.requests import Request as NativeRequest

from utilmeta.core.request.request import too_large
from utilmeta.core.request.servers.asgi import ASGIRequest
from utilmeta.core.request.servers.recorded_body import IN_SCOPE, RecordedReceive


class StarletteRequest(ASGIRequest):
    """Request of a Starlette application; Starlette's own request object is made at its first use."""

    __slots__ = ("_native_request",)

    def framework_request(self) -> Any:
        """Return Starlette's request; its body is the one received, if that has happened."""
        try:
            return self._native_request
        except AttributeError:
            receive = self.again if hasattr(self, "_body") else self._receive
            self._native_request: NativeRequest = NativeRequest(self.native, receive)
            return self._native_request

    async def again(self) -> MutableMapping[str, Any]:
        """ASGI ``receive`` function that gives the body that was received."""
        return {"type": "http.request", "body": self._body, "more_body": False}


class RecordedRequest(StarletteRequest):
    """Request of a Starlette application with middleware, which may have read the body already."""

    __slots__ = ()

    async def receive_body(self, limit: int) -> bytes:
        """Return the whole body, what middleware has read of it included (BACKEND-5b)."""
        recorded: RecordedReceive = self.native[IN_SCOPE]
        if recorded.size > limit:
            raise too_large(limit)
        return recorded.whole(await super().receive_body(limit))
