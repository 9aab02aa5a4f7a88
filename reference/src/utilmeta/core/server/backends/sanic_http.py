"""Sanic's HTTP/1.1 protocol for ``run()``, limited to well-formed requests that come in time.

By itself it takes a name with a space before its colon, which hides a Content-Length; reads over what stands between
two chunks; waits as long as something comes for the rest of a head; and gives an endpoint up after a minute.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Any

from sanic.config import DEFAULT_CONFIG
from sanic.exceptions import BadRequest, SanicException
from sanic.http import Http, Stage
from sanic.http.http1 import HTTP_CONTINUE
from sanic.server.protocols.http_protocol import HttpProtocol
from sanic.server.protocols.websocket_protocol import WebSocketProtocol

from utilmeta.core.server.backends.base import Deployment
from utilmeta.core.server.backends.http_head import CHUNK, LONGEST_CHUNK_LINE, Refused, check_head

# Options that we add to Sanic's configuration, which each of its processes loads again.
MAX_HEADER_FIELDS, BODY_TIMEOUT = "REQUEST_MAX_HEADER_FIELDS", "REQUEST_BODY_TIMEOUT"


def configure(config: Any, deployment: Deployment) -> None:
    """Set the service's limits in Sanic's configuration, unless the user has set others."""
    config.setdefault(MAX_HEADER_FIELDS, deployment.max_header_fields)
    config.setdefault(BODY_TIMEOUT, deployment.body_timeout)
    for name, seconds in (
        ("REQUEST_TIMEOUT", deployment.header_timeout),
        ("KEEP_ALIVE_TIMEOUT", deployment.keep_alive_timeout),
        ("GRACEFUL_SHUTDOWN_TIMEOUT", deployment.graceful_timeout),
    ):
        if config[name] == DEFAULT_CONFIG[name]:
            config[name] = seconds


class TooSlow(BadRequest):  # type: ignore[misc]
    """Raised for a body of which nothing more comes: a 408."""

    status_code = 408


class StrictHttp(Http):  # type: ignore[misc]
    """Parser of one connection that checks heads and chunks, and waits for a body for a limited time."""

    expecting_continue: bool

    def __init__(self, protocol: Any) -> None:
        super().__init__(protocol)
        self._receive_more = self.receive_more

    async def receive_more(self) -> None:
        """Wait for more bytes. Raises TooSlow where a body does not come in time."""
        if self.stage is not Stage.HANDLER:
            await self.protocol.receive_more()
            return
        received = self.protocol._data_received
        self.protocol.transport.resume_reading()
        received.clear()  # before wait_for, which until 3.12 begins later: what came meanwhile would be lost
        try:
            await asyncio.wait_for(received.wait(), self.protocol.body_timeout)
        except asyncio.TimeoutError:
            self.give_up()
            raise TooSlow("The body does not arrive") from None

    def give_up(self) -> None:
        """Read no more of this body, nor of this connection."""
        self.keep_alive = False
        self.request_body = None

    async def http1_request_header(self) -> None:
        """Read and check a head. Raises SanicException with the status of its refusal."""
        buffer = self.recv_buffer
        end = buffer.find(b"\r\n\r\n")
        while end == -1 and len(buffer) < self.HEADER_MAX_SIZE:
            searched = max(0, len(buffer) - 3)
            await self._receive_more()
            end = buffer.find(b"\r\n\r\n", searched)
        if end != -1:
            try:
                check_head(buffer[:end], self.protocol.max_fields)
            except Refused as refused:
                raise SanicException(status_code=refused.status, quiet=True) from None
        await super().http1_request_header()

    async def read(self) -> bytes | None:
        """Read the next piece of the body; before a chunk, check its line."""
        if self.request_body == "chunked" and self.request_bytes_left == 0:
            await self.check_chunk()
        data: bytes | None = await super().read()
        return data

    async def check_chunk(self) -> None:
        """Raise BadRequest unless the next bytes are a line break and the line before a chunk."""
        if self.expecting_continue:
            self.expecting_continue = False
            await self._send(HTTP_CONTINUE)
        buffer = self.recv_buffer
        while (end := buffer.find(b"\r\n", 2)) == -1:
            if len(buffer) > LONGEST_CHUNK_LINE or buffer[:2] not in (b"\r\n", b"\r", b""):
                break
            await self._receive_more()
        if not 0 < end <= LONGEST_CHUNK_LINE or buffer[:2] != b"\r\n" or not CHUNK.fullmatch(buffer, 2, end + 2):
            self.give_up()
            raise BadRequest("Bad chunked encoding")


class Timed:
    """Mixin for Sanic's protocols: the head has one time limit as a whole, an endpoint has none."""

    HTTP_CLASS = StrictHttp
    app: Any
    http: Any
    _time: float
    transport: Any
    unsent, moved = 0, 0.0

    def _setup(self) -> None:
        super()._setup()  # type: ignore[misc]
        self.max_fields: int = self.app.config[MAX_HEADER_FIELDS]
        self.body_timeout: float = self.app.config[BODY_TIMEOUT]

    def data_received(self, data: bytes) -> None:
        """Receive bytes; those within a head do not extend its time."""
        began = self._time
        super().data_received(data)  # type: ignore[misc]
        if self.http is not None and self.http.stage is Stage.REQUEST:
            self._time = began

    def check_timeouts(self) -> None:
        """Check time limits, except while an endpoint runs."""
        if self.http is not None and self.is_answering(monotonic()):
            self._time = monotonic()
        super().check_timeouts()  # type: ignore[misc]

    def is_answering(self, now: float) -> bool:
        """Return whether an endpoint runs, or its answer is being sent to a client that reads it."""
        unsent = self.transport.get_write_buffer_size() if self.transport else 0
        if unsent != self.unsent:
            self.unsent, self.moved = unsent, now
        if unsent and now - self.moved < self.body_timeout:
            return True
        return (
            self.http.stage is Stage.HANDLER and self.response_timeout == DEFAULT_CONFIG["RESPONSE_TIMEOUT"]  # type: ignore[attr-defined]
        )


class StrictHttpProtocol(Timed, HttpProtocol):  # type: ignore[misc]
    """Sanic's HTTP protocol with the limits of Timed."""


class StrictWebSocketProtocol(Timed, WebSocketProtocol):  # type: ignore[misc]
    """Sanic's protocol for applications with WebSocket routes, with the limits of Timed."""
