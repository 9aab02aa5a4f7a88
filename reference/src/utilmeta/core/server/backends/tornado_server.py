"""Tornado's HTTP server with limits for a request's head and for waiting.

By itself it limits the head's bytes alone, has one time limit for an idle connection and a head together, and one for a
body as a whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders, HTTPMessageDelegate
from tornado.ioloop import IOLoop

from utilmeta.core.server.backends.base import Deployment
from utilmeta.core.server.backends.head_limits import HeadLimits, refused
from utilmeta.core.server.backends.listening_socket import PAUSE, Listening
from utilmeta.core.server.backends.read_timeout import Patience, inf, watch


class Exchange(HTTPMessageDelegate):  # type: ignore[misc]
    """One request on a connection, from when it is waited for: checks its head, and has a time when it is overdue."""

    def __init__(self, server: LimitedServer, connection: Any, inner: HTTPMessageDelegate, *, first: bool) -> None:
        self.server = server
        self.connection = connection
        self.inner = inner
        self.idle = not first
        self.due = server.time() + (server.patience.head if first else server.keep_alive)

    def headers_received(self, start_line: Any, headers: HTTPHeaders) -> Awaitable[None] | None:
        limits = self.server.limits
        if "Transfer-Encoding" in headers or sum(1 for _ in headers.get_all()) > limits.fields:
            fields = ((name.lower().encode(), value.encode("latin-1")) for name, value in headers.get_all())
            status = limits.refusal(fields, start_line.version.removeprefix("HTTP/"))
            if status is not None:
                self.due = inf
                stream = self.connection.detach()
                stream.write(refused(status))
                stream.close()
                return None
        return self.body_after(self.inner.headers_received(start_line, headers))

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self.body_after(self.inner.data_received(chunk))

    def finish(self) -> None:
        self.due = inf
        self.inner.finish()

    def on_connection_close(self) -> None:
        self.due = inf
        self.inner.on_connection_close()

    def body_after(self, handled: Awaitable[None] | None) -> Awaitable[None] | None:
        """Start the time limit for more of the body, once the handler has taken what came."""
        if handled is not None:
            self.due = inf
            return self.body_then(handled)
        self.due = self.server.time() + self.server.patience.body
        return None

    async def body_then(self, handled: Awaitable[None]) -> None:
        """Wait for the handler, then start the time limit for more of the body."""
        await handled
        self.due = self.server.time() + self.server.patience.body

    def give_up(self, now: float) -> None:
        """Close an overdue connection; if an idle one has begun a head, give it the time of a head instead."""
        stream = self.connection.stream
        if stream is None:
            self.due = inf
        elif self.idle and stream._read_buffer_size:
            self.idle, self.due = False, now + self.server.patience.head
        else:
            stream.close()


class LimitedServer(HTTPServer):  # type: ignore[misc]
    """HTTP server with the service's limits; ``options`` are those of HTTPServer, whose own limits hold too."""

    def initialize(self, application: Any, deployment: Deployment, options: Mapping[str, Any]) -> None:
        self.limits = HeadLimits(deployment.max_header_fields, deployment.max_header_size)
        self.patience = Patience(deployment.header_timeout, deployment.body_timeout)
        self.keep_alive = deployment.keep_alive_timeout
        self.time = asyncio.get_running_loop().time
        self.exchanges: dict[object, Exchange] = {}
        super().initialize(application, **{"max_header_size": deployment.max_header_size, **options})
        watch(self.exchanges.values, self.patience)

    def start_request(self, server_conn: object, request_conn: Any) -> Exchange:
        inner = super().start_request(server_conn, request_conn)
        exchange = Exchange(self, request_conn, inner, first=server_conn not in self.exchanges)
        self.exchanges[server_conn] = exchange
        return exchange

    def on_close(self, server_conn: object) -> None:
        self.exchanges.pop(server_conn, None)
        super().on_close(server_conn)


def pause(sock: Listening) -> None:
    """Accept nothing on a socket for a second."""
    loop = IOLoop.current()
    loop.update_handler(sock, 0)

    def resume() -> None:
        if sock.fileno() >= 0:
            with suppress(KeyError):  # the server has stopped meanwhile
                loop.update_handler(sock, IOLoop.READ)

    loop.call_later(PAUSE, resume)
