"""Heads that can be read in one way only, and what the server of threads makes of a connection."""

from __future__ import annotations

import io
import socket
import time
from typing import Any

import pytest

from utilmeta.core.request.servers.recorded_body import RecordedInput
from utilmeta.core.server.backends import http_handler
from utilmeta.core.server.backends.http_handler import Arriving, Chunks, back_off
from utilmeta.core.server.backends.http_head import Refused, check_head

LINE = b"POST /a HTTP/1.1"


@pytest.mark.parametrize(
    "head",
    [
        LINE,
        b"GET * HTTP/1.0\r\nX:",
        b"BREW http://a/\xe9?b#c HTTP/1.1\r\nhost:\t a \r\nX-Y!: \xff\t;",
        LINE + b"\r\nContent-Length: 00012\t",
        LINE + b"\r\nTransfer-Encoding: Chunked",
        LINE + b"\r\nX: 1\r\nX: 2",
    ],
)
def test_a_well_formed_head_is_taken(head: bytes) -> None:
    check_head(head, 2)


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"", 400),
        (b"GET /", 400),
        (b"GET  / HTTP/1.1", 400),
        (b"GET / HTTP/1.12", 400),
        (b"GET / HTTP/1.1 \r\nX: 1", 400),
        (b"GET / HTTP/2.0\r\nX: 1", 505),
        (b"GET /\x7f HTTP/1.1", 400),
        (LINE + b"\r\nX : 1", 400),
        (LINE + b"\r\n X: 1", 400),
        (LINE + b"\r\nX: 1\r\n\t2", 400),
        (LINE + b"\r\n: 1", 400),
        (LINE + b"\r\nX", 400),
        (LINE + b"\r\nX: \0", 400),
        (LINE + b"\r\nX: a\rb", 400),
        (LINE + b"\nX: a", 400),
        (LINE + b"\r\nHost: a\r\nhost: a", 400),
        (LINE + b"\r\nContent-Length: 1\r\nContent-Length: 1", 400),
        (LINE + b"\r\nContent-Length: 1, 1", 400),
        (LINE + b"\r\nContent-Length: +1", 400),
        (LINE + b"\r\nContent-Length:", 400),
        (LINE + b"\r\nContent-Length: 1\r\nTransfer-Encoding: chunked", 400),
        (LINE + b"\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked", 400),
        (LINE + b"\r\nTransfer-Encoding: chunked, chunked", 400),
        (LINE + b"\r\nTransfer-Encoding:", 400),
        (LINE + b"\r\nTransfer-Encoding: gzip, chunked", 501),
        (b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked", 400),
        (LINE + b"\r\nX: 1" * 3, 431),
    ],
)
def test_any_other_head_is_refused(head: bytes, status: int) -> None:
    with pytest.raises(Refused) as refused:
        check_head(head, 2)
    assert refused.value.status == status


def test_a_head_is_checked_in_one_pass() -> None:
    def seconds(count: int) -> float:
        head = LINE + b"\r\na:" * count + b" \x01"
        began = time.perf_counter()
        with pytest.raises(Refused):
            check_head(head, count)
        return time.perf_counter() - began

    assert min(seconds(40_000) for _ in range(5)) < 20 * min(seconds(4_000) for _ in range(5))


def chunks(data: bytes) -> bytes:
    return Chunks(io.BufferedReader(io.BytesIO(data))).read()  # type: ignore[arg-type, return-value]


def test_chunks_are_read_up_to_the_last() -> None:
    stream = io.BufferedReader(io.BytesIO(b"3;a=b\r\nabc\r\n0A \t;c\r\n0123456789\r\n0\r\n\r\nmore"))  # type: ignore[arg-type]
    assert (Chunks(stream).read(), stream.read()) == (b"abc0123456789", b"more")


@pytest.mark.parametrize(
    "data", [b"", b"3\r\nab", b"3\r\nabcd\r\n0\r\n\r\n", b"0\r\nX: 1\r\n\r\n", b"3\nabc", b"0", b"1;" + b"a" * 999]
)
def test_broken_chunks_raise(data: bytes) -> None:
    with pytest.raises(OSError, match="body"):
        chunks(data)


def test_what_does_not_arrive_in_time_ends_there() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        stream = io.BufferedReader(Arriving(ours))
        stream.raw.within(0.05)  # type: ignore[attr-defined]
        theirs.sendall(b"a\nb")
        assert (stream.readline(), stream.readline(), stream.read()) == (b"a\n", b"b", b"")
        assert stream.raw.late  # type: ignore[attr-defined]


def test_a_server_without_descriptors_waits_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Server:
        def get_request(self) -> str:
            return "accepted"

        def fileno(self) -> int:
            return 0

    server: Any = Server()
    back_off(server)
    back_off(server)
    assert server.get_request() == "accepted"
    monkeypatch.setattr(http_handler, "short_of_descriptors", lambda server: True)
    for _ in range(2):
        with pytest.raises(OSError, match="open files"):
            server.get_request()
    assert len(caplog.records) == 1


class Broken(io.BytesIO):
    """Ends with an exception of the server's own."""

    error: Exception = OSError("cut off")

    def read(self, *size: Any) -> bytes:
        raise self.error


def test_a_recorded_body_that_is_broken_ends_for_those_who_read_it() -> None:
    stream = RecordedInput({"wsgi.input": Broken()}, 10)
    assert (stream.read(), stream.broken, stream.read(1), stream.readlines()) == (b"", True, b"", [])


def test_an_exception_that_is_not_of_the_server_is_raised() -> None:
    body = Broken()
    body.error = ValueError("a mistake")
    with pytest.raises(ValueError, match="mistake"):
        RecordedInput({"wsgi.input": body, "SERVER_SOFTWARE": "gunicorn/1"}, 10).read()
