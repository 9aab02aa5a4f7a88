"""A request that came through Starlette, or FastAPI."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from starlette.requests import Request as NativeRequest

from utilmeta.core.request.request import too_large
from utilmeta.core.request.servers.asgi import ASGIRequest
from utilmeta.core.request.servers.recorded import IN_SCOPE, RecordedReceive


class StarletteRequest(ASGIRequest):
    """A request of which Starlette's own is made when somebody asks for it."""

    __slots__ = ("_native_request",)

    def framework_request(self) -> Any:
        """Where the body has been received, it gives that."""
        try:
            return self._native_request
        except AttributeError:
            receive = self.again if hasattr(self, "_body") else self._receive
            self._native_request: NativeRequest = NativeRequest(self.native, receive)
            return self._native_request

    async def again(self) -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": self._body, "more_body": False}


class RecordedRequest(StarletteRequest):
    """A request that passed middleware, which may have read the body before us."""

    __slots__ = ()

    async def receive_body(self, limit: int) -> bytes:
        """What middleware has read is a part of the body, however it did that (BACKEND-5b)."""
        recorded: RecordedReceive = self.native[IN_SCOPE]
        if recorded.size > limit:
            raise too_large(limit)
        return recorded.whole(await super().receive_body(limit))
