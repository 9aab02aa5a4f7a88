"""An HTTP server for tests of clients: it records what it is sent, and answers as the test says."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Received:
    """A request as it arrived; ``connection`` is the number of the connection, from 0."""

    method: str
    target: str
    fields: list[tuple[str, str]]
    body: bytes
    connection: int

    def header(self, name: str) -> str | None:
        """Return a header, None where there is none; fails where there are several."""
        (value,) = [value for other, value in self.fields if other.lower() == name] or [None]
        return value

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Answer = bytes | Callable[[socket.socket], None]
"""Bytes to send, after which the connection stays open, or a function of the socket, after which it is closed."""


def answer(
    body: Any = None, status: int = 200, *fields: tuple[str, str], kind: str | None = "application/json"
) -> bytes:
    """Return an answer whose body is bytes, or JSON of anything else."""
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Said"]
    if content and kind is not None:
        lines.append(f"Content-Type: {kind}")
    if status not in (204, 304):
        lines.append(f"Content-Length: {len(content)}")
    lines += [f"{name}: {value}" for name, value in fields]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + content


def redirect(location: str, status: int = 302, *fields: tuple[str, str]) -> bytes:
    return answer(b"moved", status, ("Location", location), *fields, kind="text/plain")


@dataclass
class Peer:
    """``answers`` are given in turn by path, the last one again and again; any other path is answered ``{}``."""

    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    received: list[Received] = field(default_factory=list)
    answers: dict[str, deque[Answer]] = field(default_factory=dict)
    sockets: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        self.listener = socket.create_server((self.host, 0), family=family, backlog=50)
        self.port: int = self.listener.getsockname()[1]
        self.stopped = threading.Event()
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"

    def on(self, path: str, *answers: Answer) -> str:
        """Answer requests to a path, and return its URL."""
        self.answers[path] = deque(answers)
        return self.url + path

    @property
    def last(self) -> Received:
        return self.received[-1]

    @property
    def asked(self) -> list[str]:
        return [f"{each.method} {each.target}" for each in self.received]

    def accept(self) -> None:
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            self.sockets.append(sock)
            threading.Thread(target=self.serve, args=(sock, len(self.sockets) - 1), daemon=True).start()

    def serve(self, sock: socket.socket, number: int) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError, ValueError):  # the latter of a socket that the test's end has closed
            if self.tls is not None:
                sock = self.tls.wrap_socket(sock, server_side=True)
            with sock, sock.makefile("rb") as stream:
                while (request := read(stream, number)) is not None:
                    self.received.append(request)
                    said = self.chosen(request)
                    if callable(said):
                        said(sock)
                        return
                    sock.sendall(said)
                    if b"\r\nConnection: close" in said:
                        return

    def chosen(self, request: Received) -> Answer:
        queue = self.answers.get(request.target.partition("?")[0])
        if queue is None:
            return answer({}) if request.method != "HEAD" else b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
        return queue.popleft() if len(queue) > 1 else queue[0]

    def hang(self, sock: socket.socket) -> None:
        """Answer nothing until the test is over."""
        self.stopped.wait(20)

    def stop(self) -> None:
        self.stopped.set()
        for sock in (self.listener, *self.sockets):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()


def read(stream: Any, number: int) -> Received | None:
    """Read a request; None at the end of the connection."""
    line = stream.readline()
    if not line.strip():
        return None
    method, target, _ = line.decode("latin-1").split(" ", 2)
    fields = []
    while (text := stream.readline().decode("latin-1").rstrip("\r\n")) != "":
        name, _, value = text.partition(":")
        fields.append((name, value.strip()))
    known = {name.lower(): value for name, value in fields}
    body = stream.read(int(known.get("content-length", 0)))
    if known.get("transfer-encoding") == "chunked":
        while (size := int(stream.readline(), 16)) > 0:
            body += stream.read(size)
            stream.readline()
        stream.readline()
    return Received(method, target, fields, body, number)
