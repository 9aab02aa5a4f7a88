"""Sockets and responses of ``http.client`` that keep a call's deadline, for urllib and requests.

A timeout of a socket is for one read, so a server that sends a byte now and then would never be late. Here it is set
anew, to what is left of the call, before each read.
"""

from __future__ import annotations

import functools
import io
import re
import select
import socket
import ssl
from http.client import HTTPException, HTTPResponse, IncompleteRead, RemoteDisconnected, parse_headers
from typing import Any

from utilmeta.core.cli.transport.deadline import Deadline, current, given_up

PLAIN_LENGTH = re.compile(r"[0-9]+")
MOST_IDLE = 100  # connections that a client keeps, to all origins together


@functools.cache
def tls() -> ssl.SSLContext:
    """Return the context of all TLS connections, which trusts what the system does, or SSL_CERT_FILE."""
    return ssl.create_default_context()


def open_socket(host: str, port: int, deadline: Deadline) -> socket.socket:
    """Connect to a host, to the first of its addresses that takes the connection. Raises OSError.

    Names are resolved in a thread, which is left behind when the time is over; addresses need none.
    """
    error: OSError | None = None
    for family, kind, protocol, _, address in resolved(host, port, deadline):
        sock = socket.socket(family, kind, protocol)
        try:
            deadline.bound(sock)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect(address)
            deadline.bound(sock)  # a handshake may be next
        except OSError as failed:
            sock.close()
            error = failed
            if isinstance(failed, TimeoutError):
                raise
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise error or OSError(f"{host} has no address")


def resolved(host: str, port: int, deadline: Deadline) -> Any:
    """Return what ``socket.getaddrinfo`` does. Raises OSError, and TimeoutError where it takes too long."""
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except socket.gaierror:
        return given_up(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), deadline)


class TimedReader(io.RawIOBase):
    """The bytes of a socket, each read of which has what is left of the call."""

    def __init__(self, sock: Any) -> None:
        self.sock = sock
        self.raw = sock.makefile("rb", buffering=0)  # keeps the socket open until this reader is closed

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self.raw.fileno())

    def readinto(self, buffer: Any) -> int | None:
        """Read into a buffer. Raises TimeoutError."""
        deadline = current.get()
        deadline.bound(self.sock, deadline.limits.read)
        count: int | None = self.raw.readinto(buffer)
        deadline.bound(self.sock)  # a handshake may be next, behind a proxy
        return count

    def close(self) -> None:
        """Let the socket go."""
        self.raw.close()
        super().close()


class Incoming(io.BufferedReader):
    """The bytes of an answer; ``http.client`` takes a head, and trailers, for whole that end with the connection."""

    in_lines = True

    def readline(self, size: int | None = -1) -> bytes:
        """Read a line. Raises RemoteDisconnected for one of the head, or between chunks, that has no end."""
        line = super().readline(size)
        if self.in_lines and line[-1:] != b"\n" and not 0 < (size or 0) <= len(line):
            raise RemoteDisconnected("the connection ended within a line of an answer")
        return line


class TimedFile:
    """What ``http.client`` makes a file of."""

    def __init__(self, sock: Any) -> None:
        self.sock = sock

    def makefile(self, mode: str) -> Incoming:
        """Return a file of a TimedReader."""
        return Incoming(TimedReader(self.sock))


class TimedResponse(HTTPResponse):
    """A response of ``http.client`` that reads by a TimedReader."""

    fp: Incoming

    def __init__(self, sock: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(TimedFile(sock), *arguments, **options)  # type: ignore[arg-type]

    def begin(self) -> None:
        """Read the head. Raises OSError and HTTPException, also for lengths that differ (RFC 9112, 6.3)."""
        incoming = self.fp
        super().begin()
        incoming.in_lines = bool(self.chunked)
        lengths = self.headers.get_all("Content-Length")
        if lengths is not None and (len(set(lengths)) > 1 or not PLAIN_LENGTH.fullmatch(lengths[0])):
            raise HTTPException("the answer has no valid Content-Length")

    def _read_status(self) -> tuple[str, int, str]:
        """Read the status line of the final answer, behind those with a status of 1xx (RFC 9110, 15.2)."""
        while True:
            version, status, reason = super()._read_status()  # type: ignore[misc]
            if not 100 < status < 200 or status == 101:  # which nothing asked for
                return version, status, reason
            parse_headers(self.fp)


PIECE = 1 << 16  # bytes of a body that are read at once, at most


def read_piece(response: HTTPResponse, deadline: Deadline) -> bytes:
    """Return what there is of a body, empty at its end. Raises OSError, and HTTPException where it ends too early."""
    token = current.set(deadline)
    try:
        piece = response.read1(PIECE)
    finally:
        current.reset(token)
    if not piece and response.length:
        raise IncompleteRead(b"", response.length)
    return piece


def is_read(response: HTTPResponse) -> bool:
    """Return whether all of a body was read, so that its connection may be used again."""
    return not response.will_close and (response.isclosed() or response.length == 0)


def is_readable(sock: Any) -> bool:
    """Return whether a socket has something to read, or was closed. Raises OSError and ValueError for one that is."""
    if not hasattr(select, "poll"):  # as on Windows
        return bool(select.select([sock], [], [], 0)[0])
    poll = select.poll()  # select.select takes no descriptor of 1024 or more
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


def sendall(sock: Any, content: bytes) -> bool:
    """Send a content within the call's time, and return whether the connection took it. Raises OSError.

    A server may answer before it has read all and close; the reading tells whether it did.
    """
    deadline = current.get()
    view = memoryview(content)
    try:
        while view:
            deadline.bound(sock)
            view = view[sock.send(view[: 1 << 16]) :]
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True
