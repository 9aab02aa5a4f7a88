"""Requests by ``requests``, whose connections keep the call's deadline."""

from __future__ import annotations

import os
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from utilmeta.core.cli.bodies.decoding import Content
from utilmeta.core.cli.bodies.stream import Stream
from utilmeta.core.cli.transport.connection import TimedResponse, is_read, open_socket, read_piece, sendall
from utilmeta.core.cli.transport.deadline import Deadline, current
from utilmeta.core.cli.transport.message import Answer, Library, Opened, Outgoing, Proxies


class TimedConnection:
    """What a connection of urllib3 does within the call's time."""

    response_class = TimedResponse
    host: str
    port: int
    sock: Any

    def _new_conn(self) -> Any:
        return open_socket(self.host, self.port, current.get())

    def connect(self) -> None:
        """Connect within the limit of connecting."""
        with current.get().connecting():
            super().connect()  # type: ignore[misc]

    def send(self, data: Any) -> None:
        """Send bytes. Raises BrokenPipeError, after which urllib3 reads what the server has answered."""
        if self.sock is None:
            self.connect()
        if not sendall(self.sock, data):
            raise BrokenPipeError


class PlainConnection(TimedConnection, HTTPConnection):  # type: ignore[misc]
    """A connection that keeps the call's deadline."""


class SecureConnection(TimedConnection, HTTPSConnection):  # type: ignore[misc]
    """The same over TLS."""


class PlainPool(HTTPConnectionPool):  # type: ignore[misc]
    """Connections to one host."""

    ConnectionCls = PlainConnection


class SecurePool(HTTPSConnectionPool):  # type: ignore[misc]
    """Connections to one host over TLS."""

    ConnectionCls = SecureConnection


POOLS = {"http": PlainPool, "https": SecurePool}


class TimedAdapter(HTTPAdapter):  # type: ignore[misc]
    """The adapter of requests with these connections, to a server and to a proxy."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make the pools."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, *arguments: Any, **options: Any) -> Any:
        """Return the pools of a proxy."""
        manager = super().proxy_manager_for(*arguments, **options)
        manager.pool_classes_by_scheme = POOLS
        return manager


class RequestsSession:
    """An adapter of requests; a session of it would read the bodies of redirects, which are not followed here."""

    def __init__(self, proxies: Proxies) -> None:
        self.proxies = dict(proxies)
        self.adapter = TimedAdapter(pool_maxsize=100)

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request; see Session."""
        token = current.set(deadline)
        try:
            with self.begun(outgoing) as response:
                lines = list(response.raw.headers.items())
                content = Content(outgoing.method, response.status_code, lines, deadline.limits.size)
                if content.at_once:
                    content.take(response.raw.read(decode_content=False))
                else:
                    while piece := response.raw.read(content.room, decode_content=False):
                        content.take(piece)
                return content.answer()
        finally:
            current.reset(token)

    async def open(self, outgoing: Outgoing, deadline: Deadline) -> Opened:
        """Send a request; see Session."""
        token = current.set(deadline)
        try:
            response = self.begun(outgoing)
        finally:
            current.reset(token)
        timed = response.raw._fp  # the TimedResponse; urllib3 itself waits for a whole chunk

        async def read(deadline: Deadline) -> bytes:
            return read_piece(timed, deadline)

        async def close() -> None:
            reusable = is_read(timed)
            timed.close()
            if reusable:
                response.raw.release_conn()
            response.close()

        return Opened(response.status_code, list(response.raw.headers.items()), read, close)

    def begun(self, outgoing: Outgoing) -> requests.Response:
        """Send a request, and return its response when the head is there. Raises what requests raises."""
        request = requests.PreparedRequest()
        request.method, request.url = outgoing.method, outgoing.url
        request.headers = requests.structures.CaseInsensitiveDict(joined(outgoing))
        body = outgoing.body
        request.body = body.pieces() if isinstance(body, Stream) else body or None
        trusted = os.environ.get("SSL_CERT_FILE") or True  # as Python's own TLS does
        return self.adapter.send(request, stream=True, verify=trusted, proxies=self.proxies)

    async def close(self) -> None:
        """Close the connections."""
        self.adapter.close()


def joined(outgoing: Outgoing) -> list[tuple[str, str]]:
    """Return the headers of a request, those of one name as one (RFC 9110, 5.3), with the length of the body."""
    found: dict[str, tuple[str, str]] = {}
    for name, value in outgoing.headers:
        before = found.get(name.lower())
        found[name.lower()] = (name, value) if before is None else (before[0], f"{before[1]}, {value}")
    body = outgoing.body
    if isinstance(body, Stream):
        if body.size is not None:
            found["content-length"] = ("Content-Length", str(body.size))
    elif body or outgoing.method in ("POST", "PUT", "PATCH"):
        found["content-length"] = ("Content-Length", str(len(body)))
    return list(found.values())


def library(module: Any) -> Library:
    """Return the library."""
    return Library("requests", RequestsSession, None)
