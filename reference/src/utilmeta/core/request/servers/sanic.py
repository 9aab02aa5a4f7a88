"""Request class for Sanic, under its own server or an ASGI server."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from sanic.asgi import ASGIApp
from sanic.exceptions import BadRequest as SanicBadRequest
from sanic.exceptions import PayloadTooLarge

from utilmeta.core.request.request import UNKNOWN, WHITESPACE, Request, check_head, check_length, too_large
from utilmeta.core.request.servers.asgi import connection, received, unannounced
from utilmeta.core.request.servers.connection import Connection, authority_of
from utilmeta.utils.exceptions import BadRequest, HTTPError


class SanicRequest(Request):
    """Request of Sanic; ``native`` is Sanic's request, whose path is as sent.

    Sanic's texts are UTF-8 with escaped surrogates.
    """

    __slots__ = ("native", "refused")

    def __init__(self, native: Any) -> None:
        self.native = native
        self.refused: HTTPError | None = None
        self.arrived = time.time()
        self.method = native.method
        self.raw_path = native.path
        target: bytes = native.raw_url
        if target[:1] != b"/" and b"://" in target:
            native.headers["host"] = authority_of(target.decode("latin-1"))

    def path_bytes(self) -> bytes:
        return unquote_to_bytes(self.raw_path)

    def query_bytes(self) -> bytes:
        query: str = self.native.query_string
        return query.encode()

    def header(self, name: str) -> str | None:
        values = self.native.headers.getall(name, None)
        return None if values is None else latin("; " if name == "cookie" else ",", values)

    def connect(self) -> Connection:
        if isinstance(self.native.stream, ASGIApp):
            return connection(self.native.transport.scope)
        # Sanic's own `scheme` and `remote_addr` believe forwarded headers.
        info = self.native.conn_info
        secure = self.native.transport.get_extra_info("sslcontext")
        return Connection("https" if secure else "http", info.server, info.client_ip)

    def framework_request(self) -> Any:
        return self.native

    def check_length(self, limit: int) -> int:
        headers = self.native.headers
        length = headers.get("content-length")
        announced = 0 if length is None else check_length(length, limit)
        if "transfer-encoding" in headers:
            return UNKNOWN
        if length is not None or not isinstance(self.native.stream, ASGIApp):
            return announced
        return UNKNOWN if unannounced(self.native.transport.scope) else 0

    def header_items(self) -> Iterable[tuple[str, str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.native.headers.items():
            found.setdefault(name, []).append(value)
        for name, values in found.items():
            yield name, latin("; " if name == "cookie" else ",", values)

    def check_head(self, fields: int, size: int) -> None:
        check_head([len(name) + len(value) for name, value in self.native.headers.items()], fields, size)

    async def receive_ahead(self, limit: int) -> None:
        """Receive the body before the handler runs; an error in it is raised where the body is first asked for."""
        try:
            self.check_length(limit)
            self.native.body = await self.receive_body(limit)
        except HTTPError as error:
            self.refused = error

    async def receive_body(self, limit: int) -> bytes:
        if self.refused is not None:
            raise self.refused
        read: bytes = self.native.body  # by native middleware or by receive_ahead
        if read:
            if len(read) > limit:
                raise too_large(limit)
            return read
        stream = self.native.stream
        if isinstance(stream, ASGIApp):
            return await receive_from_server(stream, limit)
        chunks = []
        size = 0
        stream.request_max_size = limit
        try:
            while chunk := await stream.read():
                size += len(chunk)
                if size > limit:
                    raise too_large(limit)
                chunks.append(chunk)
        except PayloadTooLarge:
            raise too_large(limit) from None
        except SanicBadRequest:
            raise BadRequest("The body does not arrive, or is not chunked as it should be") from None
        return b"".join(chunks)


async def receive_from_server(stream: ASGIApp, limit: int) -> bytes:
    """Receive the whole body from an ASGI server, in place of Sanic's own ``read``.

    That one waits for more after the end of the body, and takes a body for whole when the client leaves.
    """
    if not stream.request_body:
        return b""
    stream.request_body = False
    return await received(stream.transport.receive, limit)


def latin(separator: str, values: list[str]) -> str:
    """Return the stripped, joined values of a header, one character a byte."""
    text = separator.join([value.strip(WHITESPACE) for value in values])
    return text if text.isascii() else text.encode(errors="surrogateescape").decode("latin-1")
