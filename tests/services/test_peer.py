"""The peer of client checks: it records what a client sends, and answers or fails as its script says."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from conformance.foundation.deadline import wait_until
from conformance.foundation.loopback import LOCALHOST
from conformance.services import peer_replies
from conformance.services.peer import CERTIFICATE, Peer, Request, Script, by_path, in_turn, refusing, tls, unreachable
from conformance.services.peer_replies import CLOSES, RESETS, STALLS, Reply, reply

SECONDS = 5.0


@contextmanager
def client(peer: Peer, seconds: float = SECONDS) -> Iterator[http.client.HTTPConnection]:
    with closing(http.client.HTTPConnection(peer.host, peer.port, timeout=seconds)) as connection:
        yield connection


@contextmanager
def connected(answer: Reply) -> Iterator[tuple[Peer, socket.socket]]:
    """A peer that always gives this answer, and a connection to it."""
    with (
        Peer(LOCALHOST, always(answer)) as peer,
        socket.create_connection((peer.host, peer.port), timeout=SECONDS) as connection,
    ):
        yield peer, connection


def always(answer: Reply) -> Script:
    return lambda request: answer


def fetched(connection: http.client.HTTPConnection, path: str = "/") -> tuple[int, bytes]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_a_request_is_recorded_as_it_came() -> None:
    with connected(reply(status=204)) as (peer, connection):
        connection.sendall(
            b"PUT /a%20b?q=1&q=&w=%C3%A9 HTTP/1.1\r\nX-B: 2\r\nx-a: 1\r\nX-B: \r\nContent-Length: 3\r\n\r\nabc"
        )
        assert connection.recv(100).startswith(b"HTTP/1.1 204 No Content\r\n\r\n")
    assert peer.requests == [
        Request(
            connection=1,
            method="PUT",
            target="/a%20b?q=1&q=&w=%C3%A9",
            lines=(("X-B", "2"), ("x-a", "1"), ("X-B", ""), ("Content-Length", "3")),
            body=b"abc",
        )
    ]
    (request,) = peer.at("/a%20b")
    assert request.query == [("q", "1"), ("q", ""), ("w", "é")]
    assert request.values("x-b") == ["2", ""]


def test_a_chunked_body_and_cookies_are_read() -> None:
    with Peer(LOCALHOST, always(reply())) as peer, client(peer) as connection:
        connection.request(
            "POST", "/", iter([b"ab", b"c"]), {"Cookie": "a=1; b=", "Expect": "100-continue"}, encode_chunked=True
        )
        assert connection.getresponse().status == 200
    assert peer.requests[0].body == b"abc"
    assert peer.requests[0].cookies == {"a": "1", "b": ""}


def test_connections_are_numbered_and_counted_while_they_are_open() -> None:
    with Peer(LOCALHOST, always(reply("kept"))) as peer:
        with client(peer) as first, client(peer) as second:
            for connection in (first, first, second):
                assert fetched(connection) == (200, b"kept")
            assert peer.open == 2
        assert wait_until(lambda: peer.open == 0, SECONDS)
        assert peer.opened == 2
    assert [request.connection for request in peer.requests] == [1, 1, 2]


def test_the_body_says_its_type_unless_a_header_does() -> None:
    script = by_path({"/json": reply({"a": [0, None]}), "/own": reply({}, 201, [("content-type", "x/y")])})
    with Peer(LOCALHOST, script) as peer, client(peer) as connection:
        connection.request("GET", "/json")
        answer = connection.getresponse()
        assert (answer.getheader("content-type"), answer.read()) == ("application/json", b'{"a": [0, null]}')
        connection.request("GET", "/own")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("content-type"), answer.read()) == (201, "x/y", b"{}")
        assert fetched(connection, "/other") == (404, b'{"no": "/other"}')


def test_replies_come_in_turn_and_the_last_one_stays() -> None:
    with Peer(LOCALHOST, in_turn(reply("a"), reply("b"))) as peer, client(peer) as connection:
        assert [fetched(connection)[1] for _ in range(3)] == [b"a", b"b", b"b"]


def test_a_redirect_says_where_and_an_early_response_comes_first() -> None:
    script = by_path({"/": peer_replies.redirect("/there", 307), "/there": peer_replies.early(reply("there"))})
    with Peer(LOCALHOST, script) as peer, client(peer) as connection:
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("location"), answer.read()) == (307, "/there", b"")
        assert fetched(connection, "/there") == (200, b"there")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (CLOSES, http.client.RemoteDisconnected),
        (RESETS, ConnectionResetError),
        (STALLS, TimeoutError),
        (peer_replies.stalls_in_the_body("body"), TimeoutError),
        (peer_replies.short("body"), http.client.IncompleteRead),
        (peer_replies.bad_chunk("body"), http.client.IncompleteRead),
    ],
    ids=["closes", "resets", "stalls", "stalls in the body", "short", "bad chunk"],
)
def test_a_fault_is_what_it_is_called(answer: Reply, error: type[Exception]) -> None:
    with Peer(LOCALHOST, always(answer)) as peer, client(peer, 0.3) as connection, pytest.raises(error):
        fetched(connection)
    assert [request.target for request in peer.requests] == ["/"]


def test_a_kept_connection_is_closed_after_the_answer() -> None:
    with connected(peer_replies.closing(reply("once"))) as (_, connection):
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        received = b""
        while data := connection.recv(1000):
            received += data
    assert received.endswith(b"\r\n\r\nonce")
    assert b"close" not in received.lower()


def test_an_answer_trickles_a_byte_at_a_time() -> None:
    with Peer(LOCALHOST, always(peer_replies.trickles(reply("slow"), 0.005))) as peer, client(peer) as connection:
        began = time.monotonic()
        assert fetched(connection) == (200, b"slow")
        assert time.monotonic() - began >= 0.3


def test_nothing_listens_where_connections_are_refused() -> None:
    host, _, port = refusing(LOCALHOST).removeprefix("http://").partition(":")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=SECONDS)


def test_a_connection_is_not_made_where_the_queue_is_full() -> None:
    with unreachable(LOCALHOST) as origin:
        host, _, port = origin.removeprefix("http://").partition(":")
        with pytest.raises(TimeoutError):
            socket.create_connection((host, int(port)), timeout=0.3)


@pytest.mark.parametrize("sent", [b"", b"no HTTP\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n"])
def test_what_is_no_request_ends_the_connection(sent: bytes) -> None:
    with connected(reply()) as (peer, connection):
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100) == b""
    assert peer.requests == []


def test_it_speaks_tls_with_a_certificate_that_a_client_can_trust() -> None:
    context = ssl.create_default_context(cafile=str(CERTIFICATE))
    with Peer(LOCALHOST, always(reply("secret")), tls()) as peer:
        assert peer.origin == f"https://{LOCALHOST}:{peer.port}"
        with closing(http.client.HTTPSConnection(peer.host, peer.port, timeout=SECONDS, context=context)) as connection:
            assert fetched(connection) == (200, b"secret")
    assert [request.target for request in peer.requests] == ["/"]


def test_its_end_ends_what_stalls_trickles_and_is_kept() -> None:
    script = by_path({"/kept": reply(), "/stalls": STALLS, "/trickles": peer_replies.trickles(reply("x" * 999), 0.05)})

    def ask(path: str) -> None:
        with client(peer) as connection, pytest.raises((OSError, http.client.HTTPException)):
            fetched(connection, path)

    threads = [threading.Thread(target=ask, args=(path,)) for path in ("/stalls", "/trickles")]
    with Peer(LOCALHOST, script) as peer, client(peer) as kept:
        for thread in threads:
            thread.start()
        assert fetched(kept, "/kept") == (200, b"")
        assert wait_until(lambda: len(peer.requests) == 3, SECONDS)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    for thread in threads:
        thread.join(SECONDS)
    assert peer.open == 0


def test_a_peer_with_a_pace_reads_a_body_slowly_and_whole() -> None:
    with Peer(LOCALHOST, always(reply({})), pace=0.05) as peer, client(peer) as connection:
        began = time.monotonic()
        connection.request("POST", "/", body=b"a" * 200_000)
        assert connection.getresponse().status == 200
        assert time.monotonic() - began >= 0.2
    assert peer.requests[0].body == b"a" * 200_000
