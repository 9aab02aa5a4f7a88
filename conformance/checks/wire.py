"""Sends bytes to a server that may refuse them, close the connection in the middle, or say nothing at all."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from conformance.foundation import deadline
from conformance.target.exchange import Address, connect

STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")


@dataclass
class Heard:
    """What came on a connection; `closed` is after how many seconds the server closed it, None while it is open."""

    received: bytearray = field(default_factory=bytearray)
    closed: float | None = None
    began: float = field(default_factory=time.monotonic)  # before it was opened

    @property
    def statuses(self) -> list[int]:
        """Status of each answer."""
        return [int(status) for status in STATUS.findall(self.received)]

    @property
    def refused(self) -> bool:
        """Whether an answer refuses the request: a 4xx, but for 408."""
        return any(400 <= status < 500 and status != 408 for status in self.statuses)

    def __str__(self) -> str:
        end = "open" if self.closed is None else f"closed after {self.closed:.2f} s"
        return f"{bytes(self.received[:300])!r}, {end}"


def ends(received: bytes | bytearray) -> bool:
    """Whether an answer closes its connection: it says so, or is HTTP/1.0 without `keep-alive`."""
    fields = received.lower()
    return b"connection: close" in fields or (b"http/1.0 " in fields and b"connection: keep-alive" not in fields)


def say(address: Address, data: bytes, seconds: float = deadline.ANSWER, *, answers: int | None = None) -> Heard:
    """Send bytes, and read until the server closes, `answers` answers have begun, or `seconds` are over."""
    return say_at_once(address, [data], seconds, answers=answers)[0]


def say_in_parts(address: Address, parts: Sequence[bytes], pause: float, seconds: float = deadline.ANSWER) -> Heard:
    """Send bytes in parts, `pause` seconds apart, and read until the server closes or `seconds` are over."""
    heard = Heard()
    with connect(address, seconds) as connection, selectors.DefaultSelector() as selector:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number, part in enumerate(parts):
            time.sleep(pause if number else 0)
            connection.sendall(part)
        selector.register(connection, selectors.EVENT_READ)
        until = time.monotonic() + seconds
        while heard.closed is None and selector.select(max(0.0, until - time.monotonic())):
            _read(connection, heard, selector)
    return heard


def say_at_once(
    address: Address, sent: Sequence[bytes], seconds: float = deadline.ANSWER, *, answers: int | None = None
) -> list[Heard]:
    """Like `say`, on as many connections as `sent` has entries, all open at once."""
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        heard = []
        for data in sent:
            heard.append(Heard())
            connection = stack.enter_context(connect(address))
            with suppress(ConnectionError):  # the server has enough: what it said is read below
                connection.sendall(data)
            selector.register(connection, selectors.EVENT_READ, heard[-1])
        began = time.monotonic()
        while selector.get_map() and (left := began + seconds - time.monotonic()) > 0:
            for key, _ in selector.select(left):
                _read(key.fileobj, key.data, selector)  # type: ignore[arg-type]
                if key.data.closed is None and len(key.data.statuses) == answers:
                    selector.unregister(key.fileobj)
        return heard


def _read(connection: socket.socket, heard: Heard, selector: selectors.BaseSelector) -> None:
    try:
        piece = connection.recv(65536)
    except ConnectionError:
        piece = b""
    heard.received += piece
    if not piece:
        heard.closed = time.monotonic() - heard.began
        selector.unregister(connection)
