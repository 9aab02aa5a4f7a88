"""Request class for ASGI 3 servers, the base for every backend that is an ASGI application."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import unquote_to_bytes

from utilmeta.core.request.request import UNKNOWN, WHITESPACE, Request, below, check_head, check_length, left, too_large
from utilmeta.core.request.servers.connection import Connection, authority

SPACES = WHITESPACE.encode()
BODILESS = frozenset({"GET", "HEAD"})

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class ASGIRequest(Request):
    """Request of an ASGI server; ``native`` is the scope.

    The path is the scope's ``raw_path``, decoded here; where a server gives none, its ``path``, which the server has
    decoded. ``root_path`` is taken off.
    """

    __slots__ = ("_decoded", "_receive", "native")

    def __init__(self, scope: MutableMapping[str, Any], receive: Receive) -> None:
        self.native = scope
        self._receive = receive
        self._decoded: bytes | None = None
        self.arrived = time.time()
        self.method = scope["method"]
        raw: bytes | None = scope.get("raw_path")
        root: str = scope.get("root_path", "")
        if raw is None or root:
            self._decoded = below(root.encode(), scope["path"].encode() if raw is None else unquote_to_bytes(raw))
            self.raw_path = self._decoded.decode("latin-1")
        else:
            self.raw_path = raw.decode("latin-1")

    def path_bytes(self) -> bytes:
        return unquote_to_bytes(self.raw_path.encode("latin-1")) if self._decoded is None else self._decoded

    def query_bytes(self) -> bytes:
        query: bytes = self.native["query_string"]
        return query

    def header(self, name: str) -> str | None:
        wanted = name.encode("latin-1")
        values = [value.strip(SPACES) for key, value in self.native["headers"] if key == wanted]
        if not values:
            return None
        separator = b"; " if name == "cookie" else b","
        return separator.join(values).decode("latin-1")

    def header_items(self) -> Iterable[tuple[str, str]]:
        found: dict[bytes, list[bytes]] = {}
        for key, value in self.native["headers"]:
            found.setdefault(key, []).append(value.strip(SPACES))
        for key, values in found.items():
            yield key.decode("latin-1"), (b"; " if key == b"cookie" else b",").join(values).decode("latin-1")

    def check_head(self, fields: int, size: int) -> None:
        check_head([len(name) + len(value) for name, value in self.native["headers"]], fields, size)

    def connect(self) -> Connection:
        return connection(self.native)

    def framework_request(self) -> Any:
        return self.native

    def check_length(self, limit: int) -> int:
        announced: int | None = None
        for name, value in self.native["headers"]:
            if name == b"content-length":
                announced = max(announced or 0, check_length(value.decode("latin-1"), limit))
            elif name == b"transfer-encoding":
                announced = UNKNOWN
        if announced is None:
            return UNKNOWN if unannounced(self.native) else 0
        return announced

    async def receive_body(self, limit: int) -> bytes:
        return await received(self._receive, limit)


async def received(receive: Receive, limit: int) -> bytes:
    """Receive the whole body of an ASGI request.

    Raises RequestEntityTooLarge past ``limit`` bytes, BadRequest where the client leaves before all of it has come.
    """
    chunks = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise left()
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise too_large(limit)
        chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)


def unannounced(scope: MutableMapping[str, Any]) -> bool:
    """Return whether a request may have a body that no header announces, as HTTP/2 and 3 allow (RFC 9113, 8.1)."""
    return scope["method"] not in BODILESS and scope.get("http_version", "") > "1.1"


def connection(scope: MutableMapping[str, Any]) -> Connection:
    """Return the connection of an ASGI scope."""
    client = scope.get("client")
    return Connection(
        scope.get("scheme", "http"),
        authority(scope.get("server")),
        client[0] if client else "",
        scope.get("root_path", "").rstrip("/").encode(),
    )
