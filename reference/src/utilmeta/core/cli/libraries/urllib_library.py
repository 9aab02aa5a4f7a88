"""Requests by the standard library: ``http.client``, with connections that are kept and used again."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection, IncompleteRead
from threading import Lock
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from utilmeta.core.cli.bodies.decoding import Content
from utilmeta.core.cli.bodies.stream import Stream
from utilmeta.core.cli.transport.connection import (
    MOST_IDLE,
    TimedResponse,
    is_read,
    is_readable,
    open_socket,
    read_piece,
    sendall,
    tls,
)
from utilmeta.core.cli.transport.deadline import Deadline, current
from utilmeta.core.cli.transport.message import Answer, Library, Opened, Outgoing, Proxies
from utilmeta.core.cli.transport.url import Origin

FOLD = re.compile(r"\r?\n[ \t]+")  # obsolete, and read as a space (RFC 9112, 5.2)


class PlainConnection(HTTPConnection):
    """A connection that keeps the call's deadline."""

    response_class = TimedResponse

    def __init__(self, host: str, port: int, **options: Any) -> None:
        super().__init__(host, port, **options)
        self._create_connection = self.connected

    def connected(self, address: tuple[str, int], timeout: Any = None, source: Any = None) -> Any:
        """Return a socket to the address, in place of ``socket.create_connection``."""
        return open_socket(*address, current.get())

    def send(self, data: Any) -> bool:  # type: ignore[override]
        """Send bytes within the call's time, and return whether the server took them."""
        if self.sock is None:
            with current.get().connecting():
                self.connect()
        return sendall(self.sock, data)


class SecureConnection(PlainConnection, HTTPSConnection):
    """The same over TLS; the handshake has what is left of the call, as the socket has."""


class UrllibSession:
    """Connections by origin, that of a proxy for what goes by one."""

    def __init__(self, proxies: Proxies) -> None:
        self.proxies = {scheme: urlsplit(url) for scheme, url in proxies.items()}
        self.idle: list[tuple[Origin, PlainConnection]] = []
        self.lock = Lock()
        self.closed = False

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send by a connection that is kept or new; see Session."""
        with self.connected(outgoing, deadline) as (connection, proxy):
            answer, reusable = exchange(connection, outgoing, proxy, deadline.limits.size)
        self.give_back(outgoing.place.origin, connection, reusable=reusable)
        return answer

    async def open(self, outgoing: Outgoing, deadline: Deadline) -> Opened:
        """Send by a connection, which is kept or closed when the answer is; see Session."""
        with self.connected(outgoing, deadline) as (connection, proxy):
            whole = transmitted(connection, outgoing, proxy)
            response = TimedResponse(connection.sock, method=outgoing.method)
            response.begin()

        async def read(deadline: Deadline) -> bytes:
            return read_piece(response, deadline)

        async def close() -> None:
            reusable = whole and is_read(response)
            response.close()
            self.give_back(outgoing.place.origin, connection, reusable=reusable)

        return Opened(response.status, lines_of(response), read, close)

    @contextmanager
    def connected(self, outgoing: Outgoing, deadline: Deadline) -> Iterator[tuple[PlainConnection, SplitResult | None]]:
        """Give a connection for a request, kept or new, and the proxy that it is told about; an error closes it."""
        origin = outgoing.place.origin
        token = current.set(deadline)
        connection = self.taken(origin)
        try:
            connection = connection or self.connection(origin)
            yield connection, self.proxies.get(origin.scheme) if origin.scheme == "http" else None
        except BaseException:
            if connection is not None:
                connection.close()
            raise
        finally:
            current.reset(token)

    async def close(self) -> None:
        """Close the connections, those in use when their answers have come."""
        with self.lock:
            self.closed = True
            idle = self.idle[:]
            self.idle.clear()
        for _, connection in idle:
            connection.close()

    def taken(self, origin: Origin) -> PlainConnection | None:
        """Return an idle connection that the server has not closed."""
        while True:
            with self.lock:
                found = next((at for at in reversed(range(len(self.idle))) if self.idle[at][0] == origin), None)
                connection = None if found is None else self.idle.pop(found)[1]
            if connection is None or is_open(connection):
                return connection
            connection.close()

    def give_back(self, origin: Origin, connection: PlainConnection, *, reusable: bool) -> None:
        """Keep a connection for the next request, or close it; of too many the oldest goes."""
        closing: PlainConnection | None = connection
        with self.lock:
            if reusable and not self.closed:
                self.idle.append((origin, connection))
                closing = self.idle.pop(0)[1] if len(self.idle) > MOST_IDLE else None
        if closing is not None:
            closing.close()

    def connection(self, origin: Origin) -> PlainConnection:
        """Return a new connection to an origin, or to the proxy for it."""
        scheme, host, port = origin
        proxy = self.proxies.get(scheme)
        near = (host, port) if proxy is None else (proxy.hostname or "", proxy.port or 80)
        if scheme == "http":
            return PlainConnection(*near)
        secure = SecureConnection(*near, context=tls())
        if proxy is not None:
            secure.set_tunnel(host, port, dict(credentials(proxy)))
        return secure


def exchange(
    connection: PlainConnection, outgoing: Outgoing, proxy: SplitResult | None, limit: int | None
) -> tuple[Answer, bool]:
    """Send a request and read its answer; return that, and whether the connection can be used again."""
    whole = transmitted(connection, outgoing, proxy)
    with TimedResponse(connection.sock, method=outgoing.method) as response:
        response.begin()
        content = Content(outgoing.method, response.status, lines_of(response), limit)
        if content.at_once:
            content.take(response.read())
        else:
            while piece := response.read(content.room):
                content.take(piece)
            if response.length:
                raise IncompleteRead(b"", response.length)
        return content.answer(), whole and not response.will_close


def lines_of(response: TimedResponse) -> list[tuple[str, str]]:
    """Return the headers of a response, each on one line."""
    return [(name, FOLD.sub(" ", value) if "\n" in value else value) for name, value in response.getheaders()]


def transmitted(connection: PlainConnection, outgoing: Outgoing, proxy: SplitResult | None) -> bool:
    """Send a request, its body as it is read, and return whether the server took all of it."""
    body = outgoing.body
    whole = connection.send(written(outgoing, proxy))
    if not isinstance(body, Stream):
        return whole
    for piece in body.pieces() if whole else ():
        if not connection.send(piece if body.size is not None else b"%x\r\n%b\r\n" % (len(piece), piece)):
            return False
    return whole and (body.size is not None or connection.send(b"0\r\n\r\n"))


def written(outgoing: Outgoing, proxy: SplitResult | None) -> bytes:
    """Return a request as it goes over the wire (RFC 9112), with the whole URL for a proxy."""
    method, place, url, headers, body = outgoing
    lines = [f"{method} {place.target if proxy is None else url} HTTP/1.1"]
    if not any(name.lower() == "host" for name, _ in headers):
        lines.append(f"Host: {place.netloc}")
    lines += [f"{name}: {value}" for name, value in headers]
    if proxy is not None:
        lines += [f"{name}: {value}" for name, value in credentials(proxy)]
    if isinstance(body, Stream):
        lines.append(framing(body))
        body = b""
    elif body or method in ("POST", "PUT", "PATCH"):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def framing(body: Stream) -> str:
    """Return the header line that says where a body ends."""
    return "Transfer-Encoding: chunked" if body.size is None else f"Content-Length: {body.size}"


def credentials(proxy: SplitResult) -> list[tuple[str, str]]:
    """Return the header that tells a proxy who asks, where its URL says so (RFC 7617)."""
    if proxy.username is None:
        return []
    said = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
    return [("Proxy-Authorization", f"Basic {b64encode(said).decode()}")]


def is_open(connection: HTTPConnection) -> bool:
    """Return whether an idle connection can be used: one with something to read was closed, or is out of step."""
    try:
        return not is_readable(connection.sock)
    except (OSError, ValueError):
        return False


def library(module: Any) -> Library:
    """Return the library."""
    return Library("urllib", UrllibSession, None)
