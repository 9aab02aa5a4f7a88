"""Bodies that the application's own middleware reads before the API does (BACKEND-5b).

What is read of a body is kept on the way, up to the service's limit, where it is for the API; so whatever middleware
has made of it, parsed it as a form or read half of it, the endpoint gets the whole.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import Any

from utilmeta.core.request.request import too_large

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

IN_SCOPE = "utilmeta.received"


class Kept:
    """What has been read of a body; nothing of one that is larger than ``limit`` bytes."""

    __slots__ = ("chunks", "limit", "size")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.chunks: list[bytes] = []

    def keep(self, chunk: bytes) -> bytes:
        self.size += len(chunk)
        if self.size > self.limit:
            self.chunks.clear()
        elif chunk:
            self.chunks.append(chunk)
        return chunk

    def content(self) -> bytes:
        """Raises RequestEntityTooLarge for one that is larger than the limit."""
        if self.size > self.limit:
            raise too_large(self.limit)
        return b"".join(self.chunks)


class RecordedInput(Kept):
    """A WSGI server's ``stream``, read by others."""

    __slots__ = ("stream",)

    def __init__(self, stream: Any, limit: int) -> None:
        super().__init__(limit)
        self.stream = stream

    def read(self, *size: Any) -> bytes:
        return self.keep(self.stream.read(*size))

    def readline(self, *size: Any) -> bytes:
        return self.keep(self.stream.readline(*size))

    def readlines(self, *hint: Any) -> list[bytes]:
        return [self.keep(line) for line in self.stream.readlines(*hint)]

    def __iter__(self) -> Iterator[bytes]:
        return map(self.keep, self.stream)


def record(environ: dict[str, Any], limit: int) -> None:
    """Keep what is read of the body of a request, where it has one."""
    stream = environ["wsgi.input"]
    if (environ.get("CONTENT_LENGTH") or "HTTP_TRANSFER_ENCODING" in environ) and not isinstance(stream, RecordedInput):
        environ["wsgi.input"] = RecordedInput(stream, limit)


class RecordedReceive(Kept):
    """A server's ``receive``, called by others. Who asks once more after the end gets the whole again: middleware may
    hand on the ``receive`` that it has read to the end."""

    __slots__ = ("complete", "receive", "repeated")

    def __init__(self, receive: Receive, limit: int) -> None:
        super().__init__(limit)
        self.receive = receive
        self.complete = False
        self.repeated = False

    async def __call__(self) -> MutableMapping[str, Any]:
        if self.complete and not self.repeated and self.size <= self.limit:
            self.repeated = True
            return {"type": "http.request", "body": self.content(), "more_body": False}
        message = await self.receive()
        if message["type"] == "http.request":
            self.keep(message.get("body", b""))
            self.complete = not message.get("more_body", False)
        return message

    def whole(self, received: bytes) -> bytes:
        """The whole of a body of which middleware has passed on what it ``received`` after it read the rest; what it
        received, where that is another body, such as one that was compressed."""
        if len(received) >= self.size:
            return received
        content = self.content()
        return content if content.endswith(received) else received
