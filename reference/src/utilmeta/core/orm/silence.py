"""Detects a PostgreSQL server that hangs: it keeps its connections and does not answer (DATABASE-11).

A query may take any time while its server is alive. After some silent seconds the server is sent an SSLRequest on
another connection, which needs no user; any answer shows that it is alive. TCP keepalives detect a host that is gone,
but not this, as the host's kernel acknowledges for a process that is stopped.
"""

from __future__ import annotations

import os
import socket
import struct
import time
from collections.abc import Callable, Generator
from functools import cache
from typing import Any

# PostgreSQL's documentation, "Message Formats".
SSL_REQUEST = struct.pack("!II", 8, 80877103)


def watch(connection: Any, seconds: float) -> None:
    """Have queries of a psycopg connection raise OperationalError where the server is silent for ``seconds`` and then
    does not answer an SSLRequest for as long. Connections of other drivers are left unchanged."""
    kind: Any = type(connection)
    if kind.__module__ == "psycopg" and hasattr(kind, "wait") and not hasattr(kind, "require_answer"):
        connection.__class__ = watched(kind)
        connection.silence_seconds = seconds


@cache
def watched(kind: Any) -> Any:
    """A subclass of a psycopg connection class that checks the server while it waits."""

    class Connection(kind):  # type: ignore[misc]
        def wait(self, generator: Any, *arguments: Any, **named: Any) -> Any:
            return super().wait(watching(generator, self.silence_seconds, self.require_answer), *arguments, **named)

        def require_answer(self) -> None:
            if not answers(self.pgconn.socket, self.silence_seconds):
                self.pgconn.finish()
                raise kind_of_error()(f"the server has not answered for {2 * self.silence_seconds:g} s: it hangs")

    # psycopg looks at these names.
    Connection.__module__, Connection.__name__, Connection.__qualname__ = "psycopg", kind.__name__, kind.__qualname__
    return Connection


def kind_of_error() -> Any:
    """psycopg's OperationalError."""
    import psycopg

    return psycopg.OperationalError


def watching(
    generator: Generator[Any, Any, Any], seconds: float, require_answer: Callable[[], None]
) -> Generator[Any, Any, Any]:
    """psycopg's generator of waits; it calls ``require_answer`` whenever nothing has been ready for ``seconds``."""
    ready = None
    since = time.monotonic()
    while True:
        try:
            waits_for = generator.send(ready)
        except StopIteration as end:
            return end.value
        ready = yield waits_for
        if ready:
            since = time.monotonic()
        elif time.monotonic() - since > seconds:
            require_answer()
            since = time.monotonic()


def answers(descriptor: int, seconds: float) -> bool:
    """Whether the server of the connection with this file descriptor answers on a new one within ``seconds``."""
    try:
        with socket.socket(fileno=os.dup(descriptor)) as own:
            family, peer = own.family, own.getpeername()
        with socket.socket(family, socket.SOCK_STREAM) as asking:
            asking.settimeout(seconds)
            asking.connect(peer)
            asking.sendall(SSL_REQUEST)
            return bool(asking.recv(1))
    except OSError:
        return False
