"""Replies of a Peer: steps on a connection that write a response, or fail in one of the ways in which servers fail."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Send:
    """Write bytes; with an `interval`, in seconds, a byte at a time."""

    data: bytes
    interval: float = 0.0


@dataclass(frozen=True)
class Stall:
    """Write nothing until the client or the peer closes the connection, or so many seconds are over."""

    seconds: float = 15.0


@dataclass(frozen=True)
class Close:
    """Close the connection; as a reset where `reset` is set."""

    reset: bool = False


Reply = Sequence[Send | Stall | Close]

CLOSES: Reply = (Close(),)
"""Nothing: the connection is closed without a response."""
RESETS: Reply = (Close(reset=True),)
"""Nothing: the connection is reset."""
STALLS: Reply = (Stall(), Close())
"""Nothing for a long time."""


def reply(body: object = b"", status: int = 200, headers: Headers = (), length: int | None = None) -> Reply:
    """A response with its Content-Length: bytes as they are, a text as text/plain, other values as JSON.

    `headers` are written in their order, and their Content-Type in place of the body's.
    """
    content, content_type = encoded(body)
    lines = list(headers)
    if content_type and not any(name.lower() == "content-type" for name, _ in lines):
        lines.append(("Content-Type", content_type))
    if status >= 200 and status not in (204, 304):
        lines.append(("Content-Length", str(len(content) if length is None else length)))
    return (Send(head(status, lines) + content),)


def encoded(body: object) -> tuple[bytes, str]:
    """Return a body as bytes, and its media type; "" for bytes."""
    if isinstance(body, bytes):
        return body, ""
    if isinstance(body, str):
        return body.encode(), "text/plain; charset=utf-8"
    return json.dumps(body).encode(), "application/json"


def head(status: int, headers: Headers) -> bytes:
    """Return a status line with its standard phrase, header lines in their order, and the empty line."""
    phrases = {each.value: each.phrase for each in HTTPStatus}
    lines = [f"HTTP/1.1 {status} {phrases.get(status, '')}", *(f"{name}: {value}" for name, value in headers)]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1")


def late(then: Reply, seconds: float) -> Reply:
    """A reply that begins after so many seconds."""
    return (Stall(seconds), *then)


def redirect(location: str, status: int = 302, headers: Headers = ()) -> Reply:
    """A response without a body that sends the client to another URL."""
    return reply(status=status, headers=[("Location", location), *headers])


def early(then: Reply, status: int = 100, headers: Headers = ()) -> Reply:
    """An informational response before another."""
    return (Send(head(status, headers)), *then)


def closing(then: Reply) -> Reply:
    """A reply, after which the connection that it promised to keep is closed."""
    return (*then, Close())


def stalls_in_the_body(body: object) -> Reply:
    """A response that stalls after the first half of its body."""
    written = _bytes_of(reply(body))
    return (Send(written[: len(written) - len(encoded(body)[0]) // 2 - 1]), Stall(), Close())


def trickles(then: Reply, interval: float) -> Reply:
    """A reply that is written a byte at a time, one each `interval` seconds."""
    return (Send(_bytes_of(then), interval),)


def together(*replies: Reply) -> Reply:
    """Replies that are written at once, one behind the other."""
    return (Send(b"".join(map(_bytes_of, replies))),)


def short(body: object, missing: int = 7) -> Reply:
    """A response whose body ends some bytes before its Content-Length."""
    return closing(reply(body, length=len(encoded(body)[0]) + missing))


def bad_chunk(body: object) -> Reply:
    """A chunked response whose second chunk has no size."""
    content, content_type = encoded(body)
    lines = [("Content-Type", content_type), ("Transfer-Encoding", "chunked")]
    return closing((Send(head(200, lines) + f"{len(content):x}\r\n".encode() + content + b"\r\nzz\r\n"),))


def cut_trailers(body: object) -> Reply:
    """A chunked response that ends behind its last chunk, without the empty line."""
    content, content_type = encoded(body)
    lines = [("Content-Type", content_type), ("Transfer-Encoding", "chunked")]
    return closing((Send(head(200, lines) + f"{len(content):x}\r\n".encode() + content + b"\r\n0\r\n"),))


def _bytes_of(written: Reply) -> bytes:
    return b"".join(step.data for step in written if isinstance(step, Send))
