"""HTTP/1.1 exchanges as raw bytes, with answers read by h11: the only HTTP client of the checks."""

from __future__ import annotations

import contextlib
import json as jsonlib
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import urlencode

import h11

from conformance.foundation import deadline
from conformance.foundation.deadline import Deadline
from conformance.foundation.exceptions import AnswerTooLong, ServiceDied, ServiceHung, UnexpectedValue
from conformance.foundation.untrusted_text import printable
from conformance.target.observed import Members as Members
from conformance.target.observed import observed

Address = tuple[str, int]
Headers = Sequence[tuple[str, str]]

_SHOWN_BYTES = 2000
MOST_BYTES = 64 * 1024 * 1024  # of an answer; no check asks for a larger one


@dataclass(frozen=True)
class Exchange:
    """One request and its answer: the bytes of both, and the answer's status, headers and body.

    `headers` keep order and repetition; names are lower case. `body` is decoded from its transfer coding. `address` is
    where it was sent. An answer that did not come to its end has status 0. Status, values of headers and bytes say
    what they are (conformance.target.observed). `trailing` came behind the answer, where more was read.
    """

    sent: bytes
    received: bytes
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    address: Address = ("", 0)
    trailing: bytes = b""

    def __post_init__(self) -> None:
        headers = tuple((name, observed(value, "header", name)) for name, value in self.headers)
        for name, value in (
            ("received", observed(self.received, "body", "with its head")),
            ("status", observed(self.status, "status")),
            ("headers", headers),
            ("body", observed(self.body, "body")),
            ("trailing", observed(self.trailing, "body", "behind the answer")),
        ):
            object.__setattr__(self, name, value)

    def header(self, name: str) -> str | None:
        """Return the value of a header, several joined by `, ` (RFC 9110, 5.2); None when it is absent."""
        values = self.values(name)
        value: str | None = observed(", ".join(values) if values else None, "header", name.lower())
        return value

    def values(self, name: str) -> list[str]:
        """Return each value of a header, in their order."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def content_type(self) -> str | None:
        """Media type of the answer without parameters, in lower case."""
        value = self.header("content-type")
        if value is None:
            return None
        media_type: str = observed(value.partition(";")[0].strip().lower(), "header", "content-type")
        return media_type

    @property
    def text(self) -> str:
        """Body as text, whatever its Content-Type is. AssertionError unless it is UTF-8."""
        try:
            return self.body.decode("utf-8")
        except UnicodeDecodeError as error:
            message = f"not UTF-8 ({error}): {self.body[:200]!r}"
            raise UnexpectedValue("body", "", "UTF-8", self.body, message) from error

    def json(self) -> Any:
        """Return the body as JSON, whatever its Content-Type is. AssertionError unless it is JSON."""
        try:
            return observed(jsonlib.loads(self.body), "body")
        except ValueError as error:
            message = f"not JSON ({error}): {self.body[:200]!r}"
            raise UnexpectedValue("body", "", "JSON", self.body, message) from error

    def members(self) -> Members:
        """Return the body as a JSON object. AssertionError when it is something else."""
        found = self.json()
        if not isinstance(found, Members):
            raise UnexpectedValue("body", "", "an object", found, f"no object: {found!r}\n{self}")
        return found

    def __str__(self) -> str:
        return f"{_shown(self.sent, '> ')}\n{_shown(self.received, '< ')}"


def _shown(data: bytes, prefix: str) -> str:
    text = printable(data[:_SHOWN_BYTES].decode("utf-8", "backslashreplace"))
    lines = [prefix + line for line in text.removesuffix("\n").split("\n")] if text else []
    if len(data) > _SHOWN_BYTES:
        lines.append(f"{prefix}... {len(data) - _SHOWN_BYTES} bytes more")
    return "\n".join(lines)


def request_bytes(
    method: str, target: str, host: str, headers: Iterable[tuple[str, str]] = (), body: bytes | None = None
) -> bytes:
    """Return the bytes of a request with `target` and headers exactly as given; Host and Content-Length are added when
    missing, and `Connection: close`."""
    lines = [f"{method} {target} HTTP/1.1"]
    given = list(headers)
    names = {name.lower() for name, _ in given}
    if "host" not in names:
        given.insert(0, ("Host", host))
    if body is not None and not names & {"content-length", "transfer-encoding"}:
        given.append(("Content-Length", str(len(body))))
    if "connection" not in names:
        given.append(("Connection", "close"))
    lines += [f"{name}: {value}" for name, value in given]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (body or b"")


def authority(address: Address) -> str:
    """Return `host:port` as in a URL, with an IPv6 address in brackets (RFC 3986, 3.2.2)."""
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _name(host: str) -> str:
    """The name a user would have for that host: a worker's own address of 127.0.0.0/8 (foundation/loopback.py) is the
    harness's affair, and Django in debug takes no other names than those that every machine has for itself."""
    return "localhost" if host.startswith("127.") else host


def exchange(
    address: Address,
    method: str,
    target: str,
    *,
    headers: Iterable[tuple[str, str]] = (),
    json: Any = None,
    form: Any = None,
    body: bytes | None = None,
    host: str | None = None,
    seconds: float = deadline.ANSWER,
) -> Exchange:
    """Send one request on a new connection and read the whole answer.

    Its Host names `host`, or else the address's, `localhost` for 127.0.0.0/8. `json` and `form` make the body and its
    Content-Type. Raises ServiceHung when the answer is not complete after `seconds`, ServiceDied when the connection is
    refused or closed before that.
    """
    called = authority((host or _name(address[0]), address[1]))
    given = list(headers)
    if json is not None:
        body = jsonlib.dumps(json).encode()
        given.append(("Content-Type", "application/json"))
    elif form is not None:
        body = urlencode(form).encode()
        given.append(("Content-Type", "application/x-www-form-urlencoded"))
    return send(address, request_bytes(method, target, called, given, body), method, seconds)


def send(address: Address, data: bytes, method: str, seconds: float = deadline.ANSWER) -> Exchange:
    """Send `data` unchanged on a new connection and read one answer to a request of `method`. Raises as `exchange`
    does."""
    return _converse(address, data, method, seconds, _go_on, _rest if method == "HEAD" else _nothing)


def send_until_closed(address: Address, data: bytes, method: str, seconds: float = deadline.ANSWER) -> Exchange:
    """Send `data` unchanged, read one answer and all bytes until the server closes the connection; `received` has all
    of them, answers to further requests too. Raises ServiceHung when the connection stays open."""
    return _converse(address, data, method, seconds, _go_on, _rest)


def send_and_leave(address: Address, data: bytes, method: str, seconds: float = deadline.ANSWER) -> Exchange | None:
    """Send part of a request, end the sending side, and read the answer; None when the server closes the connection
    without one."""
    try:
        return _converse(address, data, method, seconds, _leave, _nothing)
    except ServiceDied:
        return None


def connect(address: Address, seconds: float = deadline.ANSWER) -> socket.socket:
    """Open a connection to a service, for bytes that `send` and the like do not send.

    What is done with it waits `seconds` at most. Raises ServiceHung or ServiceDied where it is not taken: many that are
    open are in the way, or nothing listens there.
    """
    with _answering(b"", bytearray(), address, seconds):
        return socket.create_connection(address, timeout=deadline.allowed(seconds))


def _converse(
    address: Address,
    data: bytes,
    method: str,
    seconds: float,
    sent: Callable[[socket.socket], None],
    rest: Callable[[socket.socket, Deadline], bytes],
) -> Exchange:
    """One answer to `data`; `sent` is called when all of it is sent, `rest` reads what comes after the answer."""
    until = Deadline.after(seconds)
    received = bytearray()
    with (
        _answering(data, received, address, seconds),
        socket.create_connection(address, timeout=max(until.left, 0.001)) as connection,
    ):
        connection.sendall(data)
        sent(connection)
        answer, ahead = _read(connection, data, received, method, until, address)
        more = rest(connection, until)
        return replace(answer, received=bytes(received) + more, trailing=ahead + more)


def send_in_turn(
    address: Address, requests: Sequence[tuple[str, bytes]], seconds: float = deadline.ANSWER
) -> list[Exchange]:
    """Send requests (method and bytes) over one connection, each after the answer to the one before, and return the
    answers. Where the server closes the connection, a new one is opened. Raises as `exchange` does."""
    until = Deadline.after(seconds)
    answers: list[Exchange] = []
    connection: socket.socket | None = None
    try:
        for method, data in requests:
            received = bytearray()
            with _answering(data, received, address, seconds):
                if connection is None:
                    connection = socket.create_connection(address, timeout=max(until.left, 0.001))
                connection.sendall(data)
                answer, _ = _read(connection, data, received, method, until, address)
            answers.append(answer)
            if (answer.header("connection") or "").lower() == "close" or answer.received.startswith(b"HTTP/1.0"):
                connection.close()
                connection = None
    finally:
        if connection is not None:
            connection.close()
    return answers


def send_at_once(
    address: Address, requests: Sequence[tuple[str, bytes]], seconds: float = deadline.ANSWER
) -> list[Exchange]:
    """Send all requests over one connection before reading an answer (pipelining; RFC 9112, 9.3.2), and return the
    answers. Requests behind an answer that closes the connection have none."""
    until = Deadline.after(seconds)
    answers: list[Exchange] = []
    ahead = b""
    with socket.create_connection(address, timeout=max(until.left, 0.001)) as connection:
        connection.sendall(b"".join(data for _, data in requests))
        for method, data in requests:
            received = bytearray(ahead)
            with _answering(data, received, address, seconds):
                answer, ahead = _read(connection, data, received, method, until, address)
            answers.append(answer)
            if (answer.header("connection") or "").lower() == "close" or answer.received.startswith(b"HTTP/1.0"):
                break
    return answers


def _read(
    connection: socket.socket, data: bytes, received: bytearray, method: str, until: Deadline, address: Address
) -> tuple[Exchange, bytes]:
    """One answer, of which `received` has come already, and what has come after it."""
    reader = h11.Connection(h11.CLIENT)
    asked, end = _asked(method)
    reader.send(asked)
    reader.send(end)
    if received:
        reader.receive_data(bytes(received))
    status, body = 0, bytearray()
    headers: tuple[tuple[str, str], ...] = ()
    while True:
        event = reader.next_event()
        if event is h11.NEED_DATA:
            chunk = _chunk(connection, received, until)
            reader.receive_data(chunk)
        elif isinstance(event, h11.Response):
            status = event.status_code
            headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in event.headers)
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, (h11.EndOfMessage, h11.ConnectionClosed)):
            break
    if status == 0:
        raise ServiceDied(
            f"{authority(address)} closed the connection without an answer.\n{_shown(data, '> ')}",
            unanswered(data, received, address),
        )
    ahead = bytes(reader.trailing_data[0])
    return Exchange(data, bytes(received), status, headers, bytes(body), address), ahead


def _chunk(connection: socket.socket, received: bytearray, until: Deadline) -> bytes:
    """What comes next, added to `received`. Raises TimeoutError after `until`, however steadily something comes, and
    _Endless where it is more than any answer has."""
    if until.passed:
        raise TimeoutError
    connection.settimeout(max(until.left, 0.001))
    chunk = connection.recv(65536)
    received += chunk
    if len(received) > MOST_BYTES:
        raise _Endless
    return chunk


class _Endless(Exception):
    """More has come than is kept."""


@contextlib.contextmanager
def _answering(data: bytes, received: bytearray, address: Address, seconds: float) -> Iterator[None]:
    """Raise ServiceHung or ServiceDied where the answer to `data` does not come to its end in here."""
    try:
        yield
    except TimeoutError:
        raise ServiceHung(
            f"No whole answer within {deadline.allowed(seconds):g} s from {authority(address)}, "
            "or the connection stays open.\n"
            f"{_shown(data, '> ')}\n{_shown(bytes(received), '< ') or '< (nothing)'}",
            unanswered(data, received, address),
        ) from None
    except _Endless:
        raise AnswerTooLong(
            f"{authority(address)} has sent {len(received)} bytes, and no end of them.\n{_shown(data, '> ')}\n"
            f"{_shown(bytes(received), '< ')}",
            unanswered(data, received, address),
        ) from None
    except (OSError, h11.RemoteProtocolError) as error:
        raise ServiceDied(
            f"{authority(address)} gave no whole answer: {error}.\n{_shown(data, '> ')}\n"
            f"{_shown(bytes(received), '< ') or '< (nothing)'}",
            unanswered(data, received, address),
        ) from None


@cache
def _asked(method: str) -> tuple[h11.Request, h11.EndOfMessage]:
    """Dummy request that tells h11 which method it parses a response for; the real one goes out as raw bytes."""
    return h11.Request(method=method, target="/", headers=[("Host", "-"), ("Connection", "close")]), h11.EndOfMessage()


def unanswered(sent: bytes, received: bytes | bytearray, address: Address) -> Exchange:
    """Make the Exchange of a request whose answer did not come to its end; its status is 0."""
    return Exchange(sent, bytes(received), 0, (), b"", address)


def _go_on(connection: socket.socket) -> None:
    """What was sent was all of it."""


def _leave(connection: socket.socket) -> None:
    """End the sending side; a server that has closed already has closed."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)


def _nothing(connection: socket.socket, until: Deadline) -> bytes:
    """Read no more."""
    return b""


def _rest(connection: socket.socket, until: Deadline) -> bytes:
    """Whatever still comes before the server closes the connection: after an answer to HEAD, nothing should."""
    rest = bytearray()
    while True:
        try:
            chunk = _chunk(connection, rest, until)
        except ConnectionResetError:
            return bytes(rest)
        if not chunk:
            return bytes(rest)
