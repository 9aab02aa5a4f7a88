"""Limits within the time of a call: of connecting, and of the wait for the next bytes (CLIENT-18)."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from peer import Peer, answer
from style import Style

from utilmeta.core.cli import Client, TimedOut

SHORT = 0.3
PATIENCE = 3  # seconds within which a machine under load has to notice


def late(style: Style, url: str, said: str, least: float = SHORT * 0.9, **options: Any) -> None:
    begin = time.monotonic()
    found = style.request(style.client(base_url=url, **{"default_timeout": 20, **options}), "GET", "x")
    assert least < time.monotonic() - begin < PATIENCE
    assert (found.status, type(found.error)) == (504, TimedOut)
    assert said in str(found.error)


@pytest.fixture
def full() -> Iterator[str]:
    """A server that takes no connection."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = []
        for _ in range(4):  # more than its queue holds
            sock = socket.socket()
            sock.setblocking(False)
            sock.connect_ex(listener.getsockname())
            waiting.append(sock)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        for sock in waiting:
            sock.close()


CONNECTING = "found no connection for connect_timeout=0.3 seconds"
READING = "waited for the next bytes of its answer for read_timeout=0.3 seconds"


@pytest.mark.parametrize("limit", [SHORT, timedelta(seconds=SHORT)], ids=["number", "timedelta"])
def test_connecting_takes_no_longer_than_its_limit(style: Style, full: str, limit: Any) -> None:
    late(style, full, CONNECTING, connect_timeout=limit)
    late(style, full, CONNECTING, connect_timeout=limit, read_timeout=0.1, default_timeout=None)
    late(style, full, "was not answered within 0.3 seconds", connect_timeout=9, default_timeout=SHORT)


def test_a_handshake_is_part_of_connecting(style: Style) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        late(style, url, CONNECTING, connect_timeout=SHORT)


def test_names_are_part_of_connecting(style: Style, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    resolve = socket.getaddrinfo

    def slow(host: Any, *arguments: Any, **options: Any) -> Any:
        if "slow.example" in str(host) and not options.get("flags", 0) & socket.AI_NUMERICHOST:
            over.wait(10)
            raise socket.gaierror("nobody")
        return resolve(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    try:
        late(style, "http://slow.example", CONNECTING, connect_timeout=SHORT)
    finally:
        over.set()
        style.wait(style.loop.shutdown_default_executor())


def test_name_connection_and_handshake_share_the_limit(style: Style, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = socket.getaddrinfo

    def slow(host: Any, *arguments: Any, **options: Any) -> Any:
        if "slow.example" in str(host):
            if options.get("flags", 0) & socket.AI_NUMERICHOST:
                raise socket.gaierror("a name")
            time.sleep(0.5)
            host = "127.0.0.1"
        return resolve(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://slow.example:{silent.getsockname()[1]}"
        begin = time.monotonic()
        late(style, url, "connect_timeout=1 seconds", 0.9, connect_timeout=1)
        assert time.monotonic() - begin < 1.4


def test_an_answer_may_take_longer_than_connecting(style: Style, peer: Peer) -> None:
    peer.on("/x", lambda sock: (time.sleep(0.5), sock.sendall(answer({"a": 1}))))
    client = style.client(base_url=peer.url, connect_timeout=0.25)
    assert style.request(client, "GET", "x").data == {"a": 1}


def in_the_body(sock: socket.socket) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1")
    time.sleep(1.5)


@pytest.mark.parametrize("reply", [None, in_the_body], ids=["head", "body"])
def test_the_next_bytes_take_no_longer_than_their_limit(style: Style, peer: Peer, reply: Any) -> None:
    peer.on("/x", reply or peer.hang)
    late(style, peer.url, READING, read_timeout=SHORT)
    late(style, peer.url, READING, read_timeout=timedelta(seconds=SHORT), connect_timeout=0.2, default_timeout=None)
    late(style, peer.url, "was not answered within 0.3 seconds", read_timeout=9, default_timeout=SHORT)


def test_an_answer_that_goes_on_is_not_late(style: Style, peer: Peer) -> None:
    def trickle(sock: socket.socket) -> None:
        for byte in answer({"a": 1}):
            sock.sendall(bytes([byte]))
            time.sleep(0.01)

    peer.on("/x", trickle)
    client = style.client(base_url=peer.url, read_timeout=0.4, connect_timeout=5)
    assert style.request(client, "GET", "x").data == {"a": 1}


def test_a_body_that_is_sent_slowly_has_no_limit_of_reading(style: Style, peer: Peer) -> None:
    class Slow:
        left = 4

        def read(self, size: int) -> bytes:
            time.sleep(0.15)
            self.left -= 1
            return b"a" if self.left else b""

    client = style.client(base_url=peer.url, read_timeout=SHORT, default_timeout=20)
    assert style.request(client, "POST", "x", data=Slow()).status == 200
    assert peer.last.body == b"aaa"


def test_limits_hold_for_each_call_on_a_kept_connection(style: Style, peer: Peer) -> None:
    with style.within(style.client(base_url=peer.url, read_timeout=SHORT, connect_timeout=SHORT)) as client:
        for _ in range(3):
            assert style.request(client, "GET", "y").status == 200
            time.sleep(0.2)
        peer.on("/x", peer.hang)
        assert style.request(client, "GET", "x").status == 504
    assert {each.connection for each in peer.received} == {0}


def test_limits_hold_with_tls(style: Style, peers: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import trustme

    from utilmeta.core.cli.transport import connection

    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    connection.tls.cache_clear()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    try:
        peer = peers(tls=context)
        client = style.client(base_url=peer.url, connect_timeout=5, read_timeout=5)
        assert style.request(client, "GET", "y").status == 200
        peer.on("/x", peer.hang)
        late(style, peer.url, READING, connect_timeout=5, read_timeout=SHORT)
    finally:
        connection.tls.cache_clear()


@pytest.mark.parametrize("name", ["connect_timeout", "read_timeout"])
@pytest.mark.parametrize("limit", [0, -1, float("inf"), True, "1"])
def test_a_limit_that_is_none_is_refused(name: str, limit: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=name):
        Client("http://127.0.0.1", **{name: limit})
