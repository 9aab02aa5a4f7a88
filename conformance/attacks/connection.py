"""Connections of an attack: they send while they read the answer, slowly, endlessly, or without reading."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Iterable, Iterator

from conformance.attacks.attack import Reply, Victim
from conformance.foundation.deadline import Deadline
from conformance.target.exchange import Address

PIECE = 65536
ANSWER = 6.0  # seconds that an answer to one attacking request is waited for


def talk(victim: Victim, data: bytes, seconds: float = ANSWER) -> Reply:
    """Send bytes on a new connection and read until the server closes it or stops sending."""
    return pour(victim, [data], seconds)


def talk_each(victim: Victim, messages: Iterable[bytes]) -> tuple[Reply, ...]:
    """Call `talk` for each of the messages in turn."""
    return tuple(talk(victim, message) for message in messages)


def pour(victim: Victim, pieces: Iterable[bytes], seconds: float = ANSWER) -> Reply:
    """Send pieces as long as the server takes them; stop at an error answer or a closed connection."""
    until = Deadline.after(seconds)
    sent, received = 0, bytearray()
    try:
        connection = _connected(victim.address, until)
    except OSError:
        return Reply(0, b"", True)
    with contextlib.closing(connection):
        for piece in pieces:
            view = memoryview(piece)
            while view:
                if until.passed or _take(connection, received, 0):
                    return Reply(sent, bytes(received), not until.passed)
                try:
                    connection.settimeout(min(0.05, max(until.left, 0.001)))
                    count = connection.send(view[:PIECE])
                except TimeoutError:
                    continue
                except OSError:
                    _take(connection, received, 0.05)
                    return Reply(sent, bytes(received), True)
                sent += count
                view = view[count:]
        while not until.passed:
            before = len(received)
            if _take(connection, received, victim.pace.quiet if received else until.left):
                return Reply(sent, bytes(received), True)
            if len(received) == before:
                break
    return Reply(sent, bytes(received), False)


def _connected(address: Address, until: Deadline) -> socket.socket:
    return socket.create_connection(address, timeout=max(until.left, 0.001))


def _take(connection: socket.socket, received: bytearray, seconds: float) -> bool:
    """Read what is there within the time; whether the server has closed the connection."""
    connection.settimeout(max(seconds, 0.0001))
    try:
        data = connection.recv(PIECE)
    except TimeoutError:
        return False
    except OSError:
        return True
    received += data
    return not data


@contextlib.contextmanager
def open_many(victim: Victim, count: int, begin: bytes = b"") -> Iterator[list[socket.socket]]:
    """Open so many connections and send `begin` on each; fewer where the server takes no more."""
    connections: list[socket.socket] = []
    try:
        for _ in range(count):
            try:
                connection = socket.create_connection(victim.address, timeout=0.5)
            except OSError:
                break
            connections.append(connection)
            with contextlib.suppress(OSError):
                connection.sendall(begin)
        yield connections
    finally:
        for connection in connections:
            connection.close()


def hold(victim: Victim, connections: list[socket.socket], more: bytes = b"") -> tuple[Reply, ...]:
    """Keep connections open for the pace's time, sending a byte of `more` now and then; return what each received."""
    received = [bytearray() for _ in connections]
    closed = [False for _ in connections]
    until = Deadline.after(victim.pace.hold)
    turn = 0
    while not until.passed:
        piece = more[turn % len(more) : turn % len(more) + 1] if more else b""
        turn += 1
        for number, connection in enumerate(connections):
            if not closed[number]:
                closed[number] = _take(connection, received[number], 0)
            if piece and not closed[number]:
                try:
                    connection.send(piece)
                except OSError:
                    closed[number] = True
        time.sleep(min(until.left, 0.2))
    return tuple(Reply(turn, bytes(received[number]), closed[number]) for number in range(len(connections)))


def cut(connection: socket.socket) -> None:
    """Close a connection with a reset, as a client that has disappeared."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
