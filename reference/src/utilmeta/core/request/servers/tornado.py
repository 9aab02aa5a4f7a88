"""Request class for Tornado's HTTP server."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

from utilmeta.core.request.request import Request, check_head, too_large
from utilmeta.core.request.servers.connection import Connection


class Received(Protocol):
    """Body as far as it has arrived: all of it, or, where it is larger than the limit, its size alone."""

    size: int
    chunks: list[bytes]


class TornadoRequest(Request):
    """Request of Tornado; ``native`` is Tornado's HTTPServerRequest, whose path is as it was sent."""

    __slots__ = ("native", "received")

    def __init__(self, native: Any, received: Received) -> None:
        self.native = native
        self.received = received
        self.arrived = time.time()
        self.method = self.native.method or ""
        self.raw_path = self.native.path

    def path_bytes(self) -> bytes:
        return unquote_to_bytes(self.raw_path.encode("latin-1"))

    def query_bytes(self) -> bytes:
        query: str = self.native.query
        return query.encode("latin-1")

    def header(self, name: str) -> str | None:
        values = self.native.headers.get_list(name)
        return ("; " if name == "cookie" else ",").join(values) if values else None

    def header_items(self) -> Iterable[tuple[str, str]]:
        for name in self.native.headers:
            yield name.lower(), self.header(name.lower()) or ""

    def check_head(self, fields: int, size: int) -> None:
        check_head([len(name) + len(value) for name, value in self.native.headers.get_all()], fields, size)

    def connect(self) -> Connection:
        # Not `remote_ip`: with `xheaders=True` Tornado reads X-Real-Ip into it, whoever sends that.
        address = self.native.connection.context.address
        return Connection(self.native.protocol, self.native.host, address[0] if isinstance(address, tuple) else "")

    def framework_request(self) -> Any:
        return self.native

    def check_length(self, limit: int) -> int:
        super().check_length(limit)
        return self.received.size

    async def receive_body(self, limit: int) -> bytes:
        if self.received.size > limit:
            raise too_large(limit)
        return b"".join(self.received.chunks)
