"""A request that came through Django, whose middleware may have read the body before us."""

from __future__ import annotations

from typing import Any

from utilmeta.core.request.asgi import ASGIRequest
from utilmeta.core.request.request import too_large
from utilmeta.core.request.wsgi import WSGIRequest


class DjangoWSGIRequest(WSGIRequest):
    """A request whose body a native middleware may have read before us."""

    __slots__ = ("django",)

    def __init__(self, native: Any) -> None:
        super().__init__(native.environ)
        self.raw_path = native.raw_path
        self.django = native

    def framework_request(self) -> Any:
        return self.django

    def read_body(self, limit: int) -> bytes:
        read: bytes | None = getattr(self.django, "_body", None)
        if read is None:
            return super().read_body(limit)
        if len(read) > limit:
            raise too_large(limit)
        return read


class DjangoASGIRequest(ASGIRequest):
    """A request whose body Django has received before any view is asked."""

    __slots__ = ("django",)

    def __init__(self, native: Any) -> None:
        super().__init__(native.scope, nothing_more)
        self.django = native

    def framework_request(self) -> Any:
        return self.django

    async def receive_body(self, limit: int) -> bytes:
        read: bytes | None = getattr(self.django, "_body", None)
        body: bytes = self.django.read(limit + 1) if read is None else read
        if len(body) > limit:
            raise too_large(limit)
        return body


async def nothing_more() -> Any:
    return {"type": "http.disconnect"}
