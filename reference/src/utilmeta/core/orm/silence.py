"""A PostgreSQL that hangs: it keeps its connections and answers nobody (DATABASE-11).

A query may take as long as it likes while its server is alive. Where nothing has come for some seconds, the server is
asked over another connection whether it is: whatever it answers to an SSLRequest, which needs no user, will do. TCP
sees to hosts that are gone; it cannot see this, for the kernel of the host answers for a process that is stopped.
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
    """Have a connection of psycopg's end, with an OperationalError, when its server has not answered for that long,
    twice: not the query, and then not this. Other drivers wait where nobody can look; theirs is left."""
    kind: Any = type(connection)
    if kind.__module__ == "psycopg" and hasattr(kind, "wait") and not hasattr(kind, "require_answer"):
        connection.__class__ = watched(kind)
        connection.silence_seconds = seconds


@cache
def watched(kind: Any) -> Any:
    class Connection(kind):  # type: ignore[misc]
        def wait(self, generator: Any, *arguments: Any, **named: Any) -> Any:
            return super().wait(watching(generator, self.silence_seconds, self.require_answer), *arguments, **named)

        def require_answer(self) -> None:
            if not answers(self.pgconn.socket, self.silence_seconds):
                self.pgconn.finish()
                raise kind_of_error()(f"the server has not answered for {2 * self.silence_seconds:g} s: it hangs")

    # What psycopg says of itself, and looks for.
    Connection.__module__, Connection.__name__, Connection.__qualname__ = "psycopg", kind.__name__, kind.__qualname__
    return Connection


def kind_of_error() -> Any:
    import psycopg

    return psycopg.OperationalError


def watching(
    generator: Generator[Any, Any, Any], seconds: float, require_answer: Callable[[], None]
) -> Generator[Any, Any, Any]:
    """psycopg's own generator, which says what it waits for and is told what is ready: nothing, every now and then."""
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
    """Whether the server of this connection answers on a new one."""
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
