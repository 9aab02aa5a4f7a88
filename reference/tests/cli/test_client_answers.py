"""Answers as Responses: data by content type, headers, and bodies of all kinds (CLIENT-g11)."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from peer import Peer, answer
from style import Style

from utilmeta.core.cli import Client
from utilmeta.core.cli.template import data_of


@pytest.mark.parametrize(
    ("body", "kind", "data"),
    [
        (b'{"a": [1, null, ""]}', "application/json", {"a": [1, None, ""]}),
        (b"0", "application/json", 0),
        (b"false", "application/json", False),
        (b"null", "application/json", None),
        (b'""', "application/json", ""),
        (b"[]", "application/json; charset=utf-8", []),
        (b'{"a": 1}', "application/problem+json", {"a": 1}),
        ('"ü"'.encode("utf-16"), "application/json", "ü"),
        (b"\xef\xbb\xbf[1]", "application/json", [1]),
        (b'{"a": ', "application/json", '{"a": '),
        (b"<html>\xff", "application/json", "<html>�"),
        (b"", "application/json", None),
        (b"text", "text/plain", "text"),
        ("ü".encode("latin-1"), "text/html; charset=latin-1", "ü"),
        ("ü".encode(), "text/html; charset=nonsense", "ü"),
        ("ü".encode(), "text/html; charset=hex", "ü"),
        ("ü".encode(), "text/html; charset=idna", "ü"),
        ("ü".encode(), "text/html; charset=undefined", "ü"),
        ("ü".encode(), 'text/html; charset="UTF-8"', "ü"),
        (b"\xff", "text/html", "�"),
        (b"<a/>", "application/xml", "<a/>"),
        (b"\x00\xff", "application/octet-stream", b"\x00\xff"),
        (b"abc", "", b"abc"),
        (b"abc", ";;;", b"abc"),
    ],
)
def test_data_is_parsed_by_its_content_type(body: bytes, kind: str, data: Any) -> None:
    assert data_of(body, kind) == data


@pytest.mark.parametrize("body", [b"[" * 200_000, b"1" * 10_000], ids=["deep", "digits"])
def test_json_that_python_cannot_hold_is_a_text(body: bytes) -> None:
    assert data_of(body, "application/json") == body.decode()


def test_status_headers_and_request_are_the_answers(style: Style, peer: Peer) -> None:
    peer.on("/x", answer({"a": 1}, 418, ("X-A", "1"), ("x-a", "2"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")))
    found = style.request(style.client(base_url=peer.url), "GET", "x")
    assert (found.status, found.data, found.result, found.error) == (418, {"a": 1}, {"a": 1}, None)
    assert found.headers["X-A"] == "1"
    assert found.headers.getlist("x-A") == ["1", "2"]
    assert found.headers.getlist("set-cookie") == ["a=1", "b=2"]
    assert (found.request.method, found.request.url) == ("GET", f"{peer.url}/x")


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_without_content_leaves_the_connection_usable(style: Style, peer: Peer, status: int) -> None:
    peer.on("/none", answer(None, status))
    with style.within(style.client(base_url=peer.url)) as client:
        found = style.request(client, "GET", "none")
        assert (found.status, found.data, found.result) == (status, None, None)
        assert style.request(client, "HEAD", "x").data is None
        assert style.request(client, "GET", "x").data == {}
    assert {each.connection for each in peer.received} == {0}


@pytest.mark.parametrize("status", [b"100 Continue", b"102 Processing", b"103 Early Hints"])
def test_answers_of_1xx_come_before_the_answer(style: Style, peer: Peer, status: bytes) -> None:
    early = b"HTTP/1.1 %s\r\nLink: </a.css>\r\n\r\n" % status
    peer.on("/x", early * 2 + answer({"a": 1}))
    found = style.request(style.client(base_url=peer.url), "POST", "x", data={})
    assert (found.status, found.data) == (200, {"a": 1})
    assert "link" not in found.headers


def test_bodies_come_in_chunks_or_until_the_end_of_the_connection(style: Style, peer: Peer) -> None:
    kind = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    peer.on(
        "/chunked", kind + b"Transfer-Encoding: chunked\r\n\r\n4;x=y\r\n[1, \r\n2\r\n2]\r\n0\r\nX-Trailer: 1\r\n\r\n"
    )
    peer.on("/end", lambda sock: sock.sendall(kind + b"\r\n[3]"))
    with style.within(style.client(base_url=peer.url)) as client:
        assert style.request(client, "GET", "chunked").data == [1, 2]
        assert style.request(client, "GET", "end").data == [3]
        assert style.request(client, "GET", "chunked").data == [1, 2]
    assert [each.connection for each in peer.received] == [0, 0, 1]


def test_large_json_is_read(style: Style, peer: Peer) -> None:
    large = [{"number": number} for number in range(100_000)]
    peer.on("/large", answer(json.dumps(large).encode()))
    assert style.request(style.client(base_url=peer.url), "GET", "large").data == large


def test_an_answer_in_single_bytes_is_one(style: Style, peer: Peer) -> None:
    def single(sock: socket.socket) -> None:
        for byte in answer({"a": "ü"}):
            sock.sendall(bytes([byte]))

    peer.on("/x", single)
    assert style.request(style.client(base_url=peer.url, default_timeout=20), "GET", "x").data == {"a": "ü"}


def test_http_1_0_is_read(style: Style, peer: Peer) -> None:
    peer.on("/x", lambda sock: sock.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nold"))
    assert style.request(style.client(base_url=peer.url), "GET", "x").data == "old"


def test_a_client_of_a_full_url_needs_no_base_url(style: Style, peer: Peer) -> None:
    assert style.request(style.client(Client), "GET", f"{peer.url}/x?a=1#part", query={"b": 2}).status == 200
    assert peer.last.target == "/x?a=1&b=2"
