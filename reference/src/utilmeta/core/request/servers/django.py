"""Request classes for Django, whose middleware may have read the body already.

A handler of either kind, WSGI or ASGI, may call either kind of view, through a thread or a loop of Django's own. So
both classes can read the body both ways.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.handlers.wsgi import LimitedStream

from utilmeta.core.request.request import check_length, left, too_large
from utilmeta.core.request.servers.asgi import ASGIRequest
from utilmeta.core.request.servers.django_multipart import rebuilt
from utilmeta.core.request.servers.recorded_body import RecordedInput
from utilmeta.core.request.servers.wsgi import WSGIRequest
from utilmeta.utils.exceptions import HTTPError

# Key in the ASGI scope of a request whose body is cut off.
CUT_OFF = "utilmeta.cut_off"


class DjangoWSGIRequest(WSGIRequest):
    """Request of Django's WSGI handler; native middleware may have read its body already."""

    __slots__ = ("django",)

    def __init__(self, native: Any) -> None:
        super().__init__(native.environ)
        self.raw_path = getattr(native, "raw_path", None) or as_sent(native.path_info)
        self.django = native

    def cut(self, before: bytes) -> None:
        """Take ``before``, what stands before the API's own part, off the path."""
        self.raw_path = f"/{self.path_bytes()[len(before) :].decode('latin-1')}"

    def framework_request(self) -> Any:
        return self.django

    def read_body(self, limit: int) -> bytes:
        read: bytes | None = getattr(self.django, "_body", None)
        if read is None and self.django._read_started and not isinstance(self.native["wsgi.input"], RecordedInput):
            read = rebuilt(self.django)
        if read is None:
            return super().read_body(limit)
        if self.cut_off():
            raise left()
        if len(read) > limit:
            raise too_large(limit)
        return read

    async def receive_body(self, limit: int) -> bytes:
        return self.read_body(limit)

    def cut_off(self) -> bool:
        """Return whether middleware found that the body ends before its announced end."""
        stream, length = self.native["wsgi.input"], self.native.get("CONTENT_LENGTH") or "0"
        return isinstance(stream, RecordedInput) and (stream.broken or 0 < stream.size < int(length))

    def leave_unread(self, limit: int) -> bool:
        """Return whether the announced body is larger than ``limit``, and if so, mark it as read.

        Django's development server reads the rest of a body after the answer, into one object. The mark keeps it from
        that.
        """
        try:
            check_length(self.native.get("CONTENT_LENGTH") or "0", limit)
        except HTTPError:
            stream = self.native["wsgi.input"]
            if isinstance(stream, RecordedInput):
                stream = stream.stream
            if isinstance(stream, LimitedStream):
                stream.limit = 0
            return True
        return False


class DjangoASGIRequest(ASGIRequest):
    """Request of Django's ASGI handler, which receives the whole body before it calls any view."""

    __slots__ = ("django",)

    def __init__(self, native: Any) -> None:
        super().__init__(native.scope, nothing_more)
        self.django = native

    def cut(self, before: bytes) -> None:
        """Take ``before``, what stands before the API's own part, off the path."""
        self._decoded = b"/" + self.path_bytes()[len(before) :]
        self.raw_path = self._decoded.decode("latin-1")

    def framework_request(self) -> Any:
        return self.django

    def query_bytes(self) -> bytes:
        query: bytes | str = self.native["query_string"]
        return query if isinstance(query, bytes) else query.encode()  # the test client's is a text

    async def receive_body(self, limit: int) -> bytes:
        return self.read_body(limit)

    def read_body(self, limit: int) -> bytes:
        if CUT_OFF in self.native:
            raise left()
        read: bytes | None = getattr(self.django, "_body", None)
        body = received(self.django, limit) if read is None else read
        if len(body) > limit:
            raise too_large(limit)
        return body


def received(native: Any, limit: int) -> bytes:
    """Return the body that Django has received, from its start, though middleware has read it.

    Of a body of more than ``limit`` bytes no more is returned than shows that.
    """
    if native._read_started:
        try:
            native._stream.seek(0)
        except (OSError, ValueError):  # the test client's stream cannot seek
            return rebuilt(native)
    body: bytes = native.read(limit + 1)
    return body


async def nothing_more() -> Any:
    """Receive function of a request whose body was received already."""
    return {"type": "http.disconnect"}


def request_of(native: Any) -> DjangoWSGIRequest | DjangoASGIRequest:
    """Return the request of either kind of Django's requests; a test client uses a handler of either kind."""
    return DjangoASGIRequest(native) if hasattr(native, "scope") else DjangoWSGIRequest(native)


def below_pattern(native: Any, rest: str) -> DjangoWSGIRequest | DjangoASGIRequest:
    """Return the request with the path ``rest``, which URL patterns that include the API's have left of it."""
    request = request_of(native)
    before: bytes = native.path_info[: len(native.path_info) - len(rest)].encode()
    if before.strip(b"/") and request.path_bytes().startswith(before):
        request.cut(before)
        whole = request.connection
        request._connection = replace(whole, mount=whole.mount + before.rstrip(b"/"))
    return request


def as_sent(path_info: str) -> str:
    """Return PATH_INFO as sent, one character a byte, from the text that Django made of it.

    In that text bytes that are not UTF-8 are percent-encoded.
    """
    path = unquote_to_bytes(path_info)
    try:
        path.decode()
    except UnicodeDecodeError:
        return path.decode("latin-1")
    return path_info.encode().decode("latin-1")
