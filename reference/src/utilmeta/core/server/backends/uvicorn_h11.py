"""uvicorn's protocol on h11 with limits for a request's head and for waiting."""

from __future__ import annotations

from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from utilmeta.core.server.backends.head_limits import TRANSFER_ENCODING, HeadLimits, refused
from utilmeta.core.server.backends.read_timeout import Patience, inf


class LimitedConnection(h11.Connection):
    """h11's server connection that also refuses too many fields, folded lines, and a coding beside a length.

    h11 alone measures only heads that come in pieces. ``refusal`` is the status of the last refusal.
    """

    refusal = 400

    def __init__(self, limits: HeadLimits, most: int) -> None:
        super().__init__(h11.SERVER, most)
        self.limits = limits
        self.in_head = True

    def start_next_cycle(self) -> None:
        super().start_next_cycle()
        self.in_head = True

    def next_event(self) -> Any:
        if not self.in_head:
            return super().next_event()
        received = self.trailing_data[0]
        try:
            self.check(self.limits.refusal_of_bytes(received))
            event = super().next_event()
            if type(event) is h11.Request:
                self.in_head = False
                if TRANSFER_ENCODING in received.lower():
                    self.check(self.limits.refusal(event.headers, event.http_version.decode()))
        except h11.RemoteProtocolError as error:
            self.refusal = error.error_status_hint
            raise
        return event

    def check(self, refusal: int | None) -> None:
        """Raise h11's RemoteProtocolError for the status of a refusal, if there is one."""
        if refusal is not None:
            raise h11.RemoteProtocolError("The head is refused", refusal)


class LimitedH11(H11Protocol):  # type: ignore[misc]
    """uvicorn's protocol on h11 that closes connections which are overdue at ``due``.

    h11's state of the client says where the connection is: in a head (IDLE), in a body, or past both.
    """

    limits: ClassVar[HeadLimits]
    patience: ClassVar[Patience]

    due = inf

    def connection_made(self, transport: Any) -> None:
        self.conn = LimitedConnection(self.limits, self.config.h11_max_incomplete_event_size or self.limits.size)
        super().connection_made(transport)
        self.due = self.loop.time() + self.patience.head

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self.expect()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY or self.conn.trailing_data[0]:  # the next request has come
            self.expect()

    def expect(self) -> None:
        """Set the time limit for more of a head or body, where one has begun."""
        state = self.conn.their_state
        if state is h11.SEND_BODY:
            self.due = self.loop.time() + self.patience.body
        elif state is not h11.IDLE:
            self.due = inf
        elif self.due == inf:
            self.due = self.loop.time() + self.patience.head

    def handle_websocket_upgrade(self, event: Any) -> None:
        super().handle_websocket_upgrade(event)
        self.due = inf

    def send_400_response(self, msg: str) -> None:
        self.transport.write(refused(self.conn.refusal))
        self.transport.close()

    def give_up(self, now: float) -> None:
        """Close an overdue connection, unless it is the application that does not read."""
        if self.flow.read_paused:
            self.due = now + self.patience.body
        else:
            self.transport.close()
