"""Requests to a Tornado application: its router's delegate reads them, a connection in memory takes the answer."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from tornado.httputil import HTTPConnection, HTTPHeaders, HTTPServerConnectionDelegate, RequestStartLine

from utilmeta.core.cli.transport.message import Answer, Outgoing
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.server.inside.head import ADDRESS, body_of, content, fields, path


class Memory(HTTPConnection):  # type: ignore[misc]
    """A connection of Tornado that keeps the answer."""

    def __init__(self, outgoing: Outgoing) -> None:
        origin = outgoing.place.origin
        self.outgoing = outgoing
        self.context = SimpleNamespace(remote_ip=ADDRESS[0], address=ADDRESS, protocol=origin.scheme)
        self.no_keep_alive = False
        self.answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.parts: list[bytes] = []

    def set_close_callback(self, callback: Any) -> None:
        """Take what is called when the client leaves, which this one does not."""

    def set_max_body_size(self, size: int) -> None:
        """Take the most bytes of a body, of which all are there."""

    def set_body_timeout(self, seconds: float) -> None:
        """Take the time that a body has, which is there."""

    def write_headers(self, start_line: Any, headers: HTTPHeaders, chunk: bytes | None = None) -> asyncio.Future[None]:
        self.status, self.headers = start_line.code, list(headers.get_all())
        return self.write(chunk or b"")

    def write(self, chunk: bytes) -> asyncio.Future[None]:
        self.parts.append(bytes(chunk))
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        written.set_result(None)
        return written

    def finish(self) -> None:
        if not self.answered.done():
            body = content(self.outgoing, self.status, b"".join(self.parts))
            self.answered.set_result(Answer(self.status, self.headers, body))


class TornadoExchange:
    """Answers requests by a Tornado application, on the event loop that runs here.

    ``patience`` is how many seconds those in flight have at the end.
    """

    def __init__(self, application: HTTPServerConnectionDelegate, lifecycle: Lifecycle, patience: float) -> None:
        self.application = application
        self.lifecycle = lifecycle
        self.patience = patience
        self.flying: set[asyncio.Future[Answer]] = set()

    async def answer(self, outgoing: Outgoing) -> Answer:
        """Answer a request. Where this is cancelled the handler runs on, as it does when a client leaves."""
        connection = Memory(outgoing)
        self.flying.add(connection.answered)
        connection.answered.add_done_callback(self.flying.discard)
        query = outgoing.place.query
        target = f"{path(outgoing)}?{query}" if query else path(outgoing)
        headers = HTTPHeaders()
        for name, value in fields(outgoing):
            headers.add(name, value)
        delegate = self.application.start_request(None, connection)
        waiting = delegate.headers_received(RequestStartLine(outgoing.method, target, "HTTP/1.1"), headers)
        if waiting is not None:
            await waiting
        if outgoing.body and not connection.answered.done():
            waiting = delegate.data_received(body_of(outgoing))
            if waiting is not None:
                await waiting
        if not connection.answered.done():
            delegate.finish()
        return await asyncio.shield(connection.answered)

    async def begin(self) -> None:
        """Run the startup hooks. Raises HookFailed."""
        await self.lifecycle.begin()

    async def end(self) -> None:
        """Wait for the requests in flight, and run the shutdown hooks."""
        if self.flying:
            await asyncio.wait(self.flying, timeout=self.patience)
        await self.lifecycle.end()
