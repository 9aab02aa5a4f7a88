"""Bodies that the application's own middleware reads before the API does (BACKEND-5b).

What is read of a body is kept on the way, up to the service's limit, where it is for the API; so whatever middleware
has made of it, parsed it as a form or read half of it, the endpoint gets the whole.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
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


def is_of_server(error: Exception, environ: Mapping[str, Any]) -> bool:
    """Whether ``error``, raised by reading, is how the WSGI server says that a body is cut off or not chunked as it
    should be: an OSError, or a class of its own, as gunicorn's."""
    software: str = environ.get("SERVER_SOFTWARE") or ""
    package = type(error).__module__.partition(".")[0]
    return isinstance(error, OSError) or package == software.partition("/")[0].lower()


class RecordedInput(Kept):
    """The ``wsgi.input`` of ``environ``, read by others. One that is ``broken`` ends there for them."""

    __slots__ = ("broken", "environ", "stream")

    def __init__(self, environ: Mapping[str, Any], limit: int) -> None:
        super().__init__(limit)
        self.environ = environ
        self.stream = environ["wsgi.input"]
        self.broken = False

    def read(self, *size: Any) -> bytes:
        return self.attempt(self.stream.read, *size)

    def readline(self, *size: Any) -> bytes:
        return self.attempt(self.stream.readline, *size)

    def readlines(self, *hint: Any) -> list[bytes]:
        lines, size = [], 0
        for line in self:
            lines.append(line)
            size += len(line)
            if hint and 0 < hint[0] <= size:
                break
        return lines

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def attempt(self, read: Callable[..., bytes], *size: Any) -> bytes:
        if self.broken:
            return b""
        try:
            return self.keep(read(*size))
        except Exception as error:
            if not is_of_server(error, self.environ):
                raise
            self.broken = True
            return b""


def record(environ: dict[str, Any], limit: int) -> None:
    """Keep what is read of the body of a request, where it has one."""
    stream = environ["wsgi.input"]
    if (environ.get("CONTENT_LENGTH") or "HTTP_TRANSFER_ENCODING" in environ) and not isinstance(stream, RecordedInput):
        environ["wsgi.input"] = RecordedInput(environ, limit)


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
