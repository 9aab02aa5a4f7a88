"""Codings of answers: gzip and deflate decoded as they come, within a limit of bytes (CLIENT-19)."""

from __future__ import annotations

import gzip
import json
import secrets
import socket
import time
import tracemalloc
import zlib
from typing import Any

import pytest
from peer import Peer, answer, redirect
from style import Style

from utilmeta.core import api
from utilmeta.core.cli import Aborted, Client
from utilmeta.core.cli.bodies.decoding import MOST_MEMBERS, BadContent, Content
from utilmeta.core.response import Response

LIMIT = 1 << 20
LITTLE = 8 << 20  # bytes that a client may hold meanwhile


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZip ": gzip.compress,
    "deflate": zlib.compress,
    "deflate, ": raw_deflate,
    "deflate, gzip": lambda content: gzip.compress(zlib.compress(content)),
    "gzip, identity": lambda content: gzip.compress(content[:5]) + gzip.compress(content[5:]),
    "identity": bytes,
}


def packed(content: bytes, coding: str, *fields: tuple[str, str], kind: str = "application/json") -> bytes:
    return answer(content, 200, ("Content-Encoding", coding), *fields, kind=kind)


@pytest.mark.parametrize("coding", PACKERS)
def test_a_coded_body_is_decoded(style: Style, peer: Peer, coding: str) -> None:
    data = {"text": "ü" * 5000, "random": secrets.token_hex(40_000)}
    content = PACKERS[coding](json.dumps(data).encode())
    chunks = b"".join(b"%x\r\n%b\r\n" % (1, content[at : at + 1]) for at in range(200))
    chunks += b"%x\r\n%b\r\n0\r\n\r\n" % (len(content) - 200, content[200:])
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {coding}\r\n"
    peer.on("/x", packed(content, coding, ("ETag", '"1"')))
    peer.on("/chunked", head.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
    peer.on("/end", lambda sock: sock.sendall(head.encode() + b"\r\n" + content))
    with style.within(style.client(base_url=peer.url)) as client:
        for path in ("x", "chunked", "end"):
            found = style.request(client, "GET", path)
            assert (found.status, found.data) == (200, data)
            assert ("content-encoding" in found.headers) == (coding == "identity")
    assert peer.last.header("accept-encoding") == "gzip, deflate"
    assert [each.connection for each in peer.received] == [0, 0, 0]


def test_templates_read_what_is_decoded(style: Style, peer: Peer) -> None:
    class Numbers:
        @api.get
        def number(self) -> Response[int]: ...

    peer.on("/number", packed(gzip.compress(b"7"), "gzip"))
    assert style.call(style.client(Numbers, peer.url).number).result == 7


@pytest.mark.parametrize("coding", ["br", "zstd, gzip", "gzip, compress"])
def test_a_coding_that_is_not_known_stays(style: Style, peer: Peer, coding: str) -> None:
    content = gzip.compress(b"[1]")
    peer.on("/x", packed(content, coding))
    found = style.request(style.client(base_url=peer.url), "GET", "x")
    assert (found.data, found.headers["Content-Encoding"]) == (content, coding)
    assert found.headers["Content-Length"] == str(len(content))


def test_what_has_no_body_is_not_decoded(style: Style, peer: Peer) -> None:
    lines = b"Content-Encoding: gzip\r\nContent-Length: 99999999999\r\n\r\n"
    peer.on("/head", b"HTTP/1.1 200 OK\r\n" + lines)
    peer.on("/none", answer(None, 204, ("Content-Encoding", "gzip")))
    peer.on("/same", answer(None, 304, ("Content-Encoding", "gzip")))
    peer.on("/empty", answer(b"", 200, ("Content-Encoding", "gzip")))
    with style.within(style.client(base_url=peer.url, max_response_size=10)) as client:
        for method, path in (("HEAD", "head"), ("GET", "none"), ("GET", "same"), ("GET", "empty")):
            found = style.request(client, method, path)
            assert (found.error, found.data, found.headers["content-encoding"]) == (None, None, "gzip")
    assert {each.connection for each in peer.received} == {0}


def aborted(style: Style, peer: Peer, said: str, **options: Any) -> None:
    begin = time.monotonic()
    found = style.request(style.client(base_url=peer.url, **options), "GET", "x")
    assert (found.status, type(found.error)) == (503, Aborted)
    assert said in str(found.error)
    assert time.monotonic() - begin < 10


WRONG = {
    "wrong": (b"nothing of the kind", "gzip", "not as its Content-Encoding says"),
    "crc": (gzip.compress(b"[1]")[:-8] + bytes(8), "gzip", "not as its Content-Encoding says"),
    "deflate": (b"\xff\xff\xff\xff", "deflate", "not as its Content-Encoding says"),
    "truncated": (gzip.compress(b"[1]" * 1000)[:-1], "gzip", "ends within its Content-Encoding"),
    "truncated deflate": (zlib.compress(b"[1]" * 1000)[:-6], "deflate", "ends within its Content-Encoding"),
    "one byte": (b"\x78", "deflate", "ends within its Content-Encoding"),
    "inner": (gzip.compress(gzip.compress(b"[1]")[:-9]), "gzip, gzip", "ends within its Content-Encoding"),
    "garbage": (gzip.compress(b"[1]") + b"garbage", "gzip", "not as its Content-Encoding says"),
    "behind": (zlib.compress(b"[1]") + b"garbage", "deflate", "goes on behind the end of its Content-Encoding"),
    "three": (gzip.compress(gzip.compress(gzip.compress(b"1"))), "gzip, gzip, gzip", "has 3 codings"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_coding_is_an_abort(style: Style, peer: Peer, name: str) -> None:
    content, coding, said = WRONG[name]
    peer.on("/x", packed(content, coding))
    aborted(style, peer, said)


def sends_for_ever(told: list[int]) -> Any:
    """Answer without an end, and count what was taken."""

    def send(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        try:
            while True:
                told[0] += sock.send(bytes(1 << 16))
        except OSError:
            told[1] = 1

    return send


def test_a_body_is_taken_up_to_the_limit(style: Style, peer: Peer) -> None:
    told = [0, 0]
    peer.on("/x", sends_for_ever(told))
    aborted(style, peer, f"more than max_response_size={LIMIT} bytes", max_response_size=LIMIT, default_timeout=20)
    until = time.monotonic() + 5
    while not told[1] and time.monotonic() < until:
        time.sleep(0.01)
    assert told[1]
    assert told[0] < 16 * LIMIT  # the buffers of sockets, too
    for content in (b"[" + b" " * 98 + b"]", gzip.compress(b"[" + b" " * 98 + b"]")):
        peer.on("/x", answer(content, 200, *([("Content-Encoding", "gzip")] if content[:1] != b"[" else [])))
        assert style.request(style.client(base_url=peer.url, max_response_size=100), "GET", "x").data == []
        aborted(style, peer, "more than max_response_size=99 bytes", max_response_size=99)
    assert style.request(style.client(base_url=peer.url, max_response_size=None), "GET", "x").data == []


def test_a_large_body_that_is_announced_is_not_read(style: Style, peer: Peer) -> None:
    peer.on("/x", lambda sock: (sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 70000000\r\n\r\n"), peer.hang(sock)))
    aborted(style, peer, f"max_response_size={64 << 20} bytes", default_timeout=20)


def bomb(size: int) -> bytes:
    """A gzip body of zeros, a thousandth as large as what it is decoded to."""
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    head = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + again * (size >> 24)


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip"])
def test_a_bomb_costs_no_memory(style: Style, peer: Peer, coding: str) -> None:
    content = bomb(10 << 30)
    assert len(content) < 12 << 20
    if coding == "gzip, gzip":
        content = gzip.compress(gzip.compress(b"") * (1 << 20))
    peer.on("/x", packed(content, coding))
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        aborted(
            style,
            peer,
            f"more than max_response_size={LIMIT} bytes" if coding == "gzip" else "",
            max_response_size=LIMIT,
        )
        peak = tracemalloc.get_traced_memory()[1] - before - 2 * len(content)  # that of the peer
    finally:
        tracemalloc.stop()
    assert peak < LITTLE


def test_many_empty_members_are_bounded() -> None:
    content = Content("GET", 200, [("Content-Encoding", "gzip")], None)
    content.take(gzip.compress(b"") * MOST_MEMBERS)
    with pytest.raises(BadContent, match="goes on behind"):
        content.take(gzip.compress(b"") * 2)


def test_a_redirect_with_a_coded_body_is_followed(style: Style, peer: Peer) -> None:
    peer.on("/x", redirect("/to", 302, ("X-A", "1")).replace(b"X-A: 1", b"Content-Encoding: identity"))
    peer.on("/to", packed(gzip.compress(b"[1]"), "gzip"))
    assert style.request(style.client(base_url=peer.url, allow_redirects=True), "GET", "x").data == [1]


@pytest.mark.parametrize("size", [-1, 1.5, True, "1"])
def test_a_limit_that_is_none_is_refused(size: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="max_response_size"):
        Client("http://127.0.0.1", max_response_size=size)
