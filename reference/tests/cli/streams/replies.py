"""Answers of peers that are streams, and how a test reads one in a style."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from peer import Peer
from style import Style

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
EVENTS = b"text/event-stream; charset=utf-8"
END = b"0\r\n\r\n"
PATIENCE = 5.0  # seconds within which a machine under load has to notice


def chunks(*pieces: bytes, size: int = 0) -> bytes:
    """Return pieces as chunks, each cut to so many bytes."""
    cut = [piece[at : at + (size or len(piece))] for piece in pieces for at in range(0, len(piece), size or len(piece))]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in cut)


def stream(*pieces: bytes, kind: bytes = EVENTS, size: int = 0) -> bytes:
    """Return a whole answer."""
    return HEAD % kind + chunks(*pieces, size=size) + END


def held(peer: Peer, *pieces: bytes, kind: bytes = EVENTS) -> Callable[[socket.socket], None]:
    """Return an answer that stays open behind its pieces, until the client closes it or the test is over."""

    def write(sock: socket.socket) -> None:
        sock.sendall(HEAD % kind + chunks(*pieces))
        sock.settimeout(0.05)
        while not peer.stopped.is_set():
            try:
                if not sock.recv(1):
                    left.set()
                    return
            except TimeoutError:
                continue
            except OSError:
                left.set()
                return

    left = threading.Event()
    write.left = left  # type: ignore[attr-defined]
    return write


def broken(*pieces: bytes, kind: bytes = EVENTS) -> Callable[[socket.socket], None]:
    """Return an answer whose connection ends behind its pieces, in the middle of the body."""
    return lambda sock: sock.sendall(HEAD % kind + chunks(*pieces))


def endless(piece: bytes, interval: float = 0.02, kind: bytes = EVENTS) -> Callable[[socket.socket], None]:
    """Return an answer that sends a piece again and again."""

    def write(sock: socket.socket) -> None:
        sock.sendall(HEAD % kind)
        for _ in range(1000):
            sock.sendall(chunks(piece))
            time.sleep(interval)

    return write


def each(style: Style, response: Any) -> Iterator[Any]:
    """Yield the items of a stream, each as soon as it is there."""
    if not style.awaits:
        yield from response
        return
    items = aiter(response)
    try:
        while True:
            try:
                yield style.wait(anext(items))
            except StopAsyncIteration:
                return
    finally:
        style.wait(items.aclose())


def close(style: Style, response: Any) -> None:
    """Close a stream."""
    style.wait(response.aclose()) if style.awaits else response.close()
