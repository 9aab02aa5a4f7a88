"""A scripted HTTP/1.1 server of the harness, which clients under test talk to: it records requests exactly and answers,
or fails, as a check says (peer_replies.py).

It is no judge: what it cannot read as a request it records as far as it came, and closes the connection.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import parse_qsl

from conformance.foundation import loopback
from conformance.foundation.deadline import Deadline
from conformance.foundation.exceptions import HarnessError
from conformance.services.peer_replies import Close, Reply, Send, Stall, reply

CERTIFICATE = Path(__file__).with_name("peer_certificate.pem")
"""A self-signed certificate of 127.0.0.1 and localhost, with its key, which is no secret: checks alone trust it."""

_HANDSHAKE = b"\x16"  # with which TLS begins
_LINE = 65536  # bytes of a line of a head, at most
_IDLE = 30.0  # seconds that a kept connection waits for its next request
_END = 5.0  # seconds for the threads to end


@dataclass(frozen=True)
class Request:
    """A request as it came: `target` as it stands in the request line, `lines` of the head in their order, the body
    without its framing, and the number of its connection, from 1."""

    connection: int
    method: str
    target: str
    lines: tuple[tuple[str, str], ...]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> list[tuple[str, str]]:
        """The pairs of the query, decoded, in their order."""
        return parse_qsl(self.target.partition("?")[2], keep_blank_values=True)

    def values(self, name: str) -> list[str]:
        """Return the values of a header in the order of its lines; the name in any case."""
        return [value for other, value in self.lines if other.lower() == name.lower()]

    @property
    def cookies(self) -> dict[str, str]:
        """The pairs of the Cookie header, the values without the quotes that may be around them (RFC 6265, 4.1.1)."""
        pairs = (pair.strip().partition("=") for value in self.values("cookie") for pair in value.split(";"))
        return {name: value.removeprefix('"').removesuffix('"') for name, _, value in pairs if name}


Script = Callable[[Request], Reply]


def by_path(replies: Mapping[str, Reply | Script], otherwise: Reply | None = None) -> Script:
    """Return a script that answers by the path; where it is not listed by `otherwise`, which is a 404 unless given."""

    def script(request: Request) -> Reply:
        found = replies.get(request.path, otherwise or reply({"no": request.path}, 404))
        return found(request) if callable(found) else found

    return script


def in_turn(*replies: Reply) -> Script:
    """Return a script that answers the first request by the first reply, and so on; the last one is for all others."""
    left = list(replies)
    turn = threading.Lock()

    def script(request: Request) -> Reply:
        with turn:
            return left.pop(0) if len(left) > 1 else left[0]

    return script


class Peer:
    """A server at a free port of `host` from `__enter__` to `__exit__`, with a thread for each connection.

    `script` says the reply to each request. With a `context` it speaks TLS, `plain_too` also without, as the client
    begins. Requests for the paths in `unread` are answered before their bodies are read. The record stays when it has
    ended.
    """

    def __init__(
        self,
        host: str,
        script: Script,
        context: ssl.SSLContext | None = None,
        *,
        plain_too: bool = False,
        unread: Collection[str] = (),
    ) -> None:
        self.host = host
        self.script = script
        self.requests: list[Request] = []
        self.opened = 0
        self._context = context
        self._plain_too = plain_too
        self._unread = frozenset(unread)
        self._open: dict[int, socket.socket] = {}
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{'https' if self._context else 'http'}://{self.host}:{self.port}"

    @property
    def open(self) -> int:
        """How many connections are open now."""
        with self._lock:
            return len(self._open)

    def __enter__(self) -> Peer:
        self._listener = socket.create_server((self.host, 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(self, *exception: object) -> None:
        """End all connections; raises HarnessError for a thread that does not end."""
        self._ended.set()
        until = Deadline.after(_END)
        with contextlib.suppress(OSError):
            socket.create_connection((self.host, self.port), _END).close()  # wakes the thread that accepts
        self._threads[0].join(until.left)
        self._listener.close()
        with self._lock:
            for connection in self._open.values():
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(until.left)
        if any(thread.is_alive() for thread in self._threads):
            raise HarnessError(f"A thread of the peer at {self.origin} has not ended within {_END:g} s.")

    def at(self, path: str) -> list[Request]:
        """Return the requests for a path so far."""
        return [request for request in self.requests if request.path == path]

    def _start(self, function: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=function, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self._ended.is_set():
                connection.close()
                return
            with self._lock:
                self.opened += 1
                number = self.opened
                self._open[number] = connection
            self._start(self._serve, connection, number)

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            connection.settimeout(_IDLE)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._context is not None and not (
                self._plain_too and connection.recv(1, socket.MSG_PEEK) != _HANDSHAKE
            ):
                connection = self._context.wrap_socket(connection, server_side=True)
                with self._lock:
                    self._open[number] = connection
            with connection.makefile("rb") as stream:
                while (request := self._read(connection, stream, number)) and not self._ended.is_set():
                    if not self._perform(connection, self.script(request)):
                        return
                    if request.path in self._unread:
                        connection.shutdown(socket.SHUT_WR)
                        while stream.read(_LINE):
                            continue
                        return
        except (OSError, ValueError, LookupError):  # the client has left, or writes what is no HTTP or not expected
            return
        finally:
            connection.close()
            with self._lock:
                del self._open[number]

    def _read(self, connection: socket.socket, stream: IO[bytes], number: int) -> Request | None:
        """Read a request and record it; None at the end of the connection."""
        first = stream.readline(_LINE).decode("latin-1").rstrip("\r\n")
        if not first:
            return None
        method, target, _ = first.split(" ")
        lines = tuple(_fields(stream))
        request = Request(number, method, target, lines)
        if request.values("expect"):
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        if request.path in self._unread:
            body = b""
        elif request.values("transfer-encoding"):
            body = b"".join(_chunks(stream))
        else:
            body = stream.read(int((request.values("content-length") or ["0"])[0]))
        request = Request(number, method, target, lines, body)
        with self._lock:
            self.requests.append(request)
        return request

    def _perform(self, connection: socket.socket, steps: Reply) -> bool:
        """Do the steps of a reply; returns whether the connection stays open."""
        for step in steps:
            if isinstance(step, Send):
                self._send(connection, step)
            elif isinstance(step, Stall):
                connection.settimeout(step.seconds)
                with contextlib.suppress(TimeoutError):
                    connection.recv(1)
                    return False  # the client has left
                connection.settimeout(_IDLE)
            elif isinstance(step, Close):
                if step.reset:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return False
        return True

    def _send(self, connection: socket.socket, step: Send) -> None:
        if not step.interval:
            connection.sendall(step.data)
            return
        for byte in step.data:
            if self._ended.wait(step.interval):
                return
            connection.sendall(bytes([byte]))


def _fields(stream: IO[bytes]) -> Iterator[tuple[str, str]]:
    """Read header lines up to the empty one."""
    while line := stream.readline(_LINE).decode("latin-1").rstrip("\r\n"):
        name, _, value = line.partition(":")
        yield name, value.strip()


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """Read a chunked body with its trailers."""
    while size := int(stream.readline(_LINE).partition(b";")[0], 16):
        yield stream.read(size)
        stream.readline(_LINE)
    list(_fields(stream))


def tls() -> ssl.SSLContext:
    """Return a context for a Peer that speaks TLS, with CERTIFICATE."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def refusing(host: str) -> str:
    """Return an origin of `host` that refuses connections, as nothing listens there."""
    return f"http://{host}:{loopback.free_port(host)}"


@contextlib.contextmanager
def unreachable(host: str) -> Iterator[str]:
    """Give an origin whose connections are not made within any time, inside a `with` block: its queue is full.

    Raises HarnessError where the system makes them nevertheless.
    """
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind((host, 0))
        listener.listen(0)
        for _ in range(16):
            waiting = stack.enter_context(socket.socket())
            waiting.settimeout(0.2)
            try:
                waiting.connect(listener.getsockname())
            except TimeoutError:
                yield f"http://{host}:{listener.getsockname()[1]}"
                return
    raise HarnessError(f"{host} takes connections that nobody accepts, so that a slow one cannot be made.")
