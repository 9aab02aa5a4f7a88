"""uvicorn's protocol on httptools, with limits of a request's head and of waiting."""

from __future__ import annotations

from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from utilmeta.core.server.backends.framing import HeadLimits, refused
from utilmeta.core.server.backends.waiting import Patience, inf

# Where a connection is: in a request's head, in its body, or past both.
HEAD, BODY, DONE = range(3)


class Refused(Exception):
    """Ends the parser at a head that is not taken."""


class LimitedHttpTools(HttpToolsProtocol):  # type: ignore[misc]
    """The parser takes heads of any size, and a body of any coding whose last is ``chunked``."""

    limits: ClassVar[HeadLimits]
    patience: ClassVar[Patience]

    phase = HEAD
    begun = False  # whether what was received last holds the beginning of a head
    size = 0  # bytes of the head so far, after those that came with its beginning
    refusal = 400
    due = inf

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.due = self.loop.time() + self.patience.head

    def data_received(self, data: bytes) -> None:
        most = self.limits.size
        if len(data) <= most:
            self.feed(data)
        else:
            for start in range(0, len(data), most):
                if not self.transport.is_closing():
                    self.feed(data[start : start + most])
        if self.phase == BODY:
            self.due = self.loop.time() + self.patience.body
        elif self.due == inf and (self.phase == HEAD or self.cycle is None or self.cycle.response_complete):
            self.due = self.loop.time() + self.patience.head

    def feed(self, data: bytes) -> None:
        self.begun = False
        super().data_received(data)
        if self.phase == HEAD and not self.begun:
            self.size += len(data)
            if self.size > self.limits.size and not self.transport.is_closing():
                self.refuse(431)

    def on_message_begin(self) -> None:
        self.phase, self.begun, self.size = HEAD, True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        refusal = self.limits.refusal(self.headers, self.parser.get_http_version(), len(self.url))
        if refusal is not None:
            self.refusal = refusal
            raise Refused
        self.phase = BODY
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self.phase, self.due = DONE, inf
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self.phase, self.due = DONE, inf
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        self.refuse(self.refusal)

    def refuse(self, status: int) -> None:
        self.transport.write(refused(status))
        self.transport.close()

    def give_up(self, now: float) -> None:
        """Close the connection, unless it is the application that does not read."""
        if self.flow.read_paused:
            self.due = now + self.patience.body
        else:
            self.transport.close()
