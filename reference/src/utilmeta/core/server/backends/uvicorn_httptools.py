"""uvicorn's protocol on httptools with limits for a request's head and for waiting."""

from __future__ import annotations

from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from utilmeta.core.server.backends.head_limits import TRANSFER_ENCODING, HeadLimits, refused
from utilmeta.core.server.backends.read_timeout import Patience, inf


class Refused(Exception):
    """Raised to end the parser at a head that is refused."""


class LimitedHttpTools(HttpToolsProtocol):  # type: ignore[misc]
    """uvicorn's protocol on httptools that refuses large or ambiguous heads, and closes overdue connections.

    By itself it takes heads of any size, and any coding whose last is ``chunked``. Where the connection is, ``scope``
    says, which is new with each head and has a method when that has come, and then ``cycle``, which knows whether more
    of the body is to come. ``size`` is how many bytes of a head have come, but for those that came with its beginning;
    0 outside of one.
    """

    limits: ClassVar[HeadLimits]
    patience: ClassVar[Patience]

    size = 0
    refusal = 400
    due = inf

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.due = self.loop.time() + self.patience.head

    def data_received(self, data: bytes) -> None:
        """Receive bytes, check the size of a head, and set the time limit for the next bytes."""
        most = self.limits.size
        if len(data) > most:  # a head of more bytes is not to be parsed at all
            for start in range(0, len(data), most):
                if not self.transport.is_closing():
                    self.data_received(data[start : start + most])
            return
        before = self.scope
        HttpToolsProtocol.data_received(self, data)
        scope, cycle = self.scope, self.cycle
        if scope is None or "method" not in scope:
            if scope is not before:
                self.size, self.due = 1, self.loop.time() + self.patience.head
            else:
                self.size += len(data)
                if self.size > most and not self.transport.is_closing():
                    self.refuse(431)
        elif cycle is None:  # another protocol has the connection now
            self.due = inf
        elif cycle.more_body:
            self.due = self.loop.time() + self.patience.body
        elif scope is not before or not cycle.response_complete:
            self.due = inf
        elif self.due == inf:  # bytes that are no request, after an answer
            self.due = self.loop.time() + self.patience.head

    def on_headers_complete(self) -> None:
        """Check a complete head."""
        headers, doubtful = self.headers, self.size > 0
        for name, _ in headers:
            if name == TRANSFER_ENCODING:
                doubtful = True
        if doubtful or len(headers) > self.limits.fields:
            refusal = self.limits.refusal(headers, self.parser.get_http_version(), len(self.url))
            if refusal is not None:
                self.refusal = refusal
                raise Refused
            self.size = 0
        HttpToolsProtocol.on_headers_complete(self)

    def send_400_response(self, msg: str) -> None:
        self.refuse(self.refusal)

    def refuse(self, status: int) -> None:
        """Answer with an error status, and close."""
        self.transport.write(refused(status))
        self.transport.close()

    def give_up(self, now: float) -> None:
        """Close an overdue connection, unless it is the application that does not read."""
        if self.flow.read_paused:
            self.due = now + self.patience.body
        else:
            self.transport.close()
