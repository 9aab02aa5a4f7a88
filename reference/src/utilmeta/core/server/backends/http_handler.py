"""Request handler for servers built on ``http.server``, Werkzeug's and Django's, with strict heads and time limits.

The standard library reads a head as it reads an e-mail, which takes nearly anything, waits for ever for the rest of a
request, and tries to accept again without a pause where no file descriptor is left.
"""

from __future__ import annotations

import errno
import io
import logging
import os
import socket
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import Any

from utilmeta.core.server.backends.base import Deployment
from utilmeta.core.server.backends.graceful_stop import Stop
from utilmeta.core.server.backends.http_head import CHUNK, LONGEST_CHUNK_LINE, Refused, check_head

try:
    import resource
except ImportError:  # on Windows, where select is limited to 512 sockets anyway
    resource = None  # type: ignore[assignment]

log = logging.getLogger("utilmeta")

# Seconds and bytes read after a refusal, so that the client gets it before the connection is reset.
LINGER = 0.5
LINGER_BYTES = 4 * 1024 * 1024
PIECE = 65536

# Seconds until the next try to accept, and between two log lines about it.
BACK_OFF = 0.1
BETWEEN_LINES = 1.0
# File descriptors kept free for running requests: at most, and as a share of all.
SPARE, SPARE_SHARE = 32, 8


class Arriving(io.RawIOBase):
    """Stream of what a client sends, which ends where the client is gone, or takes longer than it may."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.late = False
        self.until = self.each = 0.0

    def readable(self) -> bool:
        return True

    def within(self, seconds: float) -> None:
        """Start a time limit: from now, all further reads together may take ``seconds``."""
        self.until, self.each = time.monotonic() + seconds, 0.0

    def each_within(self, seconds: float) -> None:
        """Set the seconds within which each next piece has to come."""
        self.each = seconds

    def readinto(self, buffer: Any) -> int:
        left = self.each or self.until - time.monotonic()
        if self.late or left <= 0:
            self.late = True
            return 0
        try:
            self.connection.settimeout(left)
            try:
                return self.connection.recv_into(buffer)
            finally:
                self.connection.settimeout(None)
        except TimeoutError:
            self.late = True
        except OSError:
            pass
        return 0


class Chunks(io.RawIOBase):
    """Stream of a chunked body (RFC 9112, 7.1). Reading a broken one raises OSError, as servers do."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.left = 0
        self.begun = self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not (self.left or self.ended):
            self.begin_chunk()
        size = min(self.left, len(buffer))
        if self.ended or not size:
            return 0
        read: int = self.stream.readinto1(memoryview(buffer)[:size])
        if not read:
            raise OSError("The body ends within a chunk")
        self.left -= read
        return read

    def begin_chunk(self) -> None:
        """Read the line before the next chunk. Raises OSError where it is malformed."""
        line = b"" if self.begun and self.stream.read(2) != b"\r\n" else self.stream.readline(LONGEST_CHUNK_LINE)
        match = CHUNK.fullmatch(line)
        if match is None:
            raise OSError("The body is not chunked as it should be")
        self.begun, self.left = True, int(match[1], 16)
        if not self.left:
            self.ended = True
            if self.stream.read(2) != b"\r\n":
                raise OSError("The body has trailer fields, or no end")


class StrictHandler(BaseHTTPRequestHandler):
    """Mixin for a server's request handler that checks heads and limits how long they may take.

    ``stop`` counts requests in flight, each from the moment that its head has come.
    """

    deployment: Deployment
    stop: Stop
    raw_requestline: bytes
    in_flight = False
    served = False

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self.arriving = Arriving(self.connection)
        self.rfile = io.BufferedReader(self.arriving)

    def handle_one_request(self) -> None:
        self.close_connection = True
        limits = self.deployment
        self.arriving.within(limits.keep_alive_timeout if self.served else limits.header_timeout)
        self.served = True
        if not self.rfile.peek(1):  # type: ignore[attr-defined]
            return
        self.arriving.within(limits.header_timeout)
        try:
            super().handle_one_request()
        finally:
            if self.in_flight:
                self.in_flight = False
                self.stop.leave()
            if self.stop.asked:
                self.close_connection = True

    def parse_request(self) -> bool:
        """Read and check a head; return whether there is a request to handle."""
        self.requestline = self.raw_requestline.decode("latin-1").rstrip("\r\n")
        self.command, self.request_version = self.requestline.partition(" ")[0], "HTTP/1.1"
        try:
            head = self.read_head()
            check_head(head, self.deployment.max_header_fields)
        except Refused as refused:
            self.refuse(refused.status)
            return False
        self.arriving.each_within(self.deployment.body_timeout)
        self.take(head.decode("latin-1"))
        self.in_flight = True
        self.stop.enter()
        expects = self.headers.get("Expect", "").lower() == "100-continue"
        return not expects or min(self.protocol_version, self.request_version) < "HTTP/1.1" or self.handle_expect_100()

    def read_head(self) -> bytes:
        """Read the lines of a head, before the empty line. Raises Refused for too many or too late ones."""
        most_fields, most_bytes = self.deployment.max_header_fields, self.deployment.max_header_size
        lines: list[bytes] = []
        size, line = 0, self.raw_requestline
        while line != b"\r\n" or not lines:
            if not line.endswith(b"\r\n"):
                raise Refused(431 if size > most_bytes else 408 if self.arriving.late else 400)
            lines.append(line)
            if size > most_bytes or len(lines) > most_fields + 1:
                raise Refused(431)
            line = self.rfile.readline(most_bytes + 1 - size)
            size += len(line)
        return b"".join(lines)[:-2]

    def take(self, head: str) -> None:
        """Set the handler's attributes of a request from a checked head."""
        line, *fields = head.split("\r\n")
        self.command, self.path, self.request_version = line.split(" ")
        if self.path.startswith("//"):  # a redirect to it would lead to another host
            self.path = "/" + self.path.lstrip("/")
        self.headers = self.MessageClass()
        for field in fields:
            name, _, value = field.partition(":")
            if "_" not in name:  # an environ could not tell it from "-"
                self.headers[name] = value.strip(" \t")
        options = {option.strip().lower() for option in ",".join(self.headers.get_all("Connection", [])).split(",")}
        kept = min(self.protocol_version, self.request_version) >= "HTTP/1.1" and "close" not in options
        self.close_connection = not kept

    def refuse(self, status: int) -> None:
        """Answer with an error status, and read for a moment what the client still sends, so that it gets that."""
        with suppress(OSError):
            self.send_error(status)
            self.connection.shutdown(socket.SHUT_WR)
        self.arriving.within(LINGER)
        read = 0
        while read < LINGER_BYTES and (piece := self.rfile.read1(PIECE)):
            read += len(piece)


def back_off(server: Any) -> None:
    """Make ``server`` pause, and log it, instead of accepting connections while file descriptors are short."""
    accept, told = server.get_request, -BETWEEN_LINES

    def get_request() -> Any:
        nonlocal told
        if short_of_descriptors(server):
            if time.monotonic() - told >= BETWEEN_LINES:
                told = time.monotonic()
                log.error("No file descriptor is left for another connection; it is accepted when there is one")
            time.sleep(BACK_OFF)
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return accept()

    vars(server).setdefault("get_request", get_request)


def short_of_descriptors(server: Any) -> bool:
    """Return whether no more file descriptors are left than running requests may need."""
    try:
        next_one = os.dup(server.fileno())
    except OSError:
        return True
    os.close(next_one)
    if resource is None:
        return False
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return most != resource.RLIM_INFINITY and next_one + min(SPARE, most // SPARE_SHARE) >= most
