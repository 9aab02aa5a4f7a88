"""What a server takes of a head and how long it waits: the units of SECURITY-4, 6 and 9, on both parsers of uvicorn."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterator
from math import inf
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from utilmeta.core.request.servers.asgi import ASGIRequest
from utilmeta.core.request.servers.wsgi import WSGIRequest
from utilmeta.core.server.backends.head_limits import HeadLimits, refused
from utilmeta.core.server.backends.listening_socket import Exhausted, Listening, log_others
from utilmeta.core.server.backends.read_timeout import Patience, watch
from utilmeta.core.server.backends.uvicorn_h11 import LimitedH11
from utilmeta.core.server.backends.uvicorn_httptools import LimitedHttpTools
from utilmeta.utils.exceptions import RequestHeaderFieldsTooLarge

LIMITS = HeadLimits(10, 2000)
PROTOCOLS = (LimitedHttpTools, LimitedH11)


@pytest.mark.parametrize(
    ("fields", "version", "status"),
    [
        ([(b"x", b"v")] * 10, "1.1", None),
        ([(b"x", b"v")] * 11, "1.1", 431),
        ([(b"x", b"v" * 1995)], "1.1", None),
        ([(b"x", b"v" * 1996)], "1.1", 431),
        ([(b"content-length", b"1")], "1.1", None),
        ([(b"transfer-encoding", b"Chunked")], "1.1", None),
        ([(b"transfer-encoding", b" chunked\t")], "1.1", None),
        ([(b"transfer-encoding", b"chunked")], "1.0", 400),
        ([(b"transfer-encoding", b"chunked"), (b"content-length", b"1")], "1.1", 400),
        ([(b"content-length", b"1"), (b"transfer-encoding", b"chunked")], "1.1", 400),
        ([(b"transfer-encoding", b"chunked"), (b"transfer-encoding", b"chunked")], "1.1", 400),
        ([(b"transfer-encoding", b"gzip, chunked")], "1.1", 501),
        ([(b"transfer-encoding", b"gzip"), (b"transfer-encoding", b"chunked")], "1.1", 501),
        ([(b"transfer-encoding", b"")], "1.1", 400),
        ([(b"transfer-encoding", b"chunked,")], "1.1", 400),
    ],
)
def test_a_head_is_refused_by_its_fields(fields: list[tuple[bytes, bytes]], version: str, status: int | None) -> None:
    assert LIMITS.refusal(fields, version) == status


@pytest.mark.parametrize(
    ("received", "status"),
    [
        (b"GET / HTTP/1.1\r\n" + b"x: v\r\n" * 10 + b"\r\n", None),
        (b"GET / HTTP/1.1\r\n" + b"x: v\r\n" * 11 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nx: " + b"v" * 2000, 431),
        (b"GET / HTTP/1.1\r\nx: v\r\n v\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nx: v\r\n\r\n{\n \n\n\n\n\n\n\n\n\n\n\n\n" + b" " * 2000, None),
    ],
)
def test_what_has_come_of_a_head_is_refused_by_its_bytes(received: bytes, status: int | None) -> None:
    assert LIMITS.refusal_of_bytes(received) == status


class Counted(list[tuple[bytes, bytes]]):
    looks = 0

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        self.looks += 1
        return super().__iter__()


def test_all_fields_are_read_in_one_pass() -> None:
    headers = Counted([(b"x-%d" % number, b" v ") for number in range(500)] + [(b"x-1", b""), (b"cookie", b"a=1")])
    request = ASGIRequest({"method": "GET", "raw_path": b"/", "headers": headers}, None)  # type: ignore[arg-type]
    assert request.headers["x-1"] == "v,"
    assert len(request.headers) == 501
    assert headers.looks == 1
    with pytest.raises(RequestHeaderFieldsTooLarge, match="501"):
        request.check_head(501, 10**6)


async def app(scope: Any, receive: Any, send: Any) -> None:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


async def exchange(protocol: Any, *pieces: bytes, patience: Patience, idle: float) -> tuple[bytes, bool]:
    """What a server of this protocol answers, and whether it closes the connection within a second."""
    loop = asyncio.get_running_loop()
    config = uvicorn.Config(app, lifespan="off", log_level="critical", timeout_keep_alive=idle)  # type: ignore[arg-type]
    config.load()
    state = ServerState()
    kind = type("Limited", (protocol,), {"limits": LIMITS, "patience": patience})
    server = await loop.create_server(lambda: kind(config, state, {}, loop), "127.0.0.1", 0)
    watch(lambda: state.connections, patience)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    received, closed = b"", False
    try:
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(0.02)
        while piece := await asyncio.wait_for(reader.read(65536), 1):
            received += piece
        closed = True
    except ConnectionError:
        closed = True
    except asyncio.TimeoutError:
        pass
    finally:
        writer.close()
        server.close()
    return received, closed


HEAD = b"POST / HTTP/1.1\r\nHost: a\r\n"
LENGTH = HEAD + b"Content-Length: 4\r\n\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
FAST, NEVER = Patience(0.2, 0.2), Patience(30, 30)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    "pieces",
    [
        (b"",),
        (HEAD,),
        (HEAD, b"X: "),
        (LENGTH,),
        (LENGTH, b"bo"),
        (CHUNKED, b"4\r\nbo"),
        (LENGTH + b"body" + HEAD,),
        (LENGTH + b"body", HEAD),
        (LENGTH + b"body" + LENGTH,),
        (LENGTH + b"body" + LENGTH, b"bo"),
    ],
)
def test_a_connection_that_brings_nothing_more_is_closed(protocol: Any, pieces: tuple[bytes, ...]) -> None:
    received, closed = asyncio.run(exchange(protocol, *pieces, patience=FAST, idle=30))
    assert closed
    assert received.count(b"body") == pieces[0].count(b"body")


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    "pieces", [(LENGTH + b"body",), (LENGTH, b"b", b"ody"), (HEAD, b"\r\n"), (LENGTH + b"body",) * 2]
)
def test_an_answered_connection_stays_open_while_it_may(protocol: Any, pieces: tuple[bytes, ...]) -> None:
    received, closed = asyncio.run(exchange(protocol, *pieces, patience=FAST, idle=30))
    assert not closed
    assert b" 200 " in received
    received, closed = asyncio.run(exchange(protocol, *pieces, patience=NEVER, idle=0.1))
    assert closed


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    ("pieces", "status"),
    [
        ((HEAD + b"X: v\r\n" * 10 + b"\r\n",), 431),
        ((HEAD, b"X: v\r\n" * 9, b"\r\n"), None),
        ((HEAD, b"X: v\r\n" * 10, b"\r\n"), 431),
        ((HEAD + b"X: " + b"v" * 2000 + b"\r\n\r\n",), 431),
        ((HEAD, b"X: " + b"v" * 1000, b"v" * 1000, b"v" * 1000), 431),
        ((HEAD + b"Content-Length: 9000\r\n\r\n" + b"v" * 8000, b"v" * 1000 + HEAD, b"X: " + b"v" * 1900), None),
        ((HEAD + b"X: v\r\n v\r\n\r\n",), 400),
        ((HEAD + b"X: v\r\n", b" v\r\n\r\n"), 400),
        ((HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",), 501),
        ((HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",), 400),
        ((LENGTH + b"body" + HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",), 501),
    ],
)
def test_a_head_is_refused_and_its_connection_closed(
    protocol: Any, pieces: tuple[bytes, ...], status: int | None
) -> None:
    received, closed = asyncio.run(exchange(protocol, *pieces, patience=NEVER, idle=30))
    assert closed == (status is not None)
    assert (status is None) == (b" 4" not in received and b" 5" not in received)
    if status is not None:
        assert received.endswith(refused(status))


def test_a_socket_says_once_that_there_is_no_descriptor(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plain = socket.create_server(("127.0.0.1", 0))
    address = plain.getsockname()
    paused: list[Listening] = []
    with Listening(plain) as listening, socket.create_connection(address):
        accept = socket.socket.accept

        def exhausted(self: socket.socket) -> Any:
            raise OSError(errno.EMFILE, "Too many open files")

        monkeypatch.setattr(socket.socket, "accept", exhausted)
        with pytest.raises(Exhausted):
            listening.accept()
        with pytest.raises(BlockingIOError):
            listening.accept()
        listening.pause = paused.append
        with pytest.raises(BlockingIOError):
            listening.accept()
        assert paused == [listening]
        assert len(caplog.messages) == 2
        monkeypatch.setattr(socket.socket, "accept", accept)
        listening.accept()[0].close()


def test_the_loop_does_not_log_what_the_socket_has() -> None:
    said: list[str] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda loop, context: said.append(context["message"]))
        log_others()
        loop.call_exception_handler({"message": "full", "exception": Exhausted(errno.EMFILE, "full")})
        loop.call_exception_handler({"message": "else", "exception": OSError(errno.EMFILE, "full")})

    asyncio.run(main())
    assert said == ["else"]


def test_who_has_no_time_is_never_overdue() -> None:
    assert LimitedHttpTools.due == LimitedH11.due == inf


def test_content_type_and_length_count_with_their_names() -> None:
    request = WSGIRequest({"CONTENT_TYPE": "a/b", "CONTENT_LENGTH": "5", "PATH_INFO": "/", "REQUEST_METHOD": "POST"})
    size = len("Content-Type: a/b\r\nContent-Length: 5\r\n")
    request.check_head(2, size)
    for fields, most in ((1, size), (2, size - 1)):
        with pytest.raises(RequestHeaderFieldsTooLarge):
            request.check_head(fields, most)
