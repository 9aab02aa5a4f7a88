"""The time of a call: one deadline for connecting, redirects, hooks and every byte of the answer (CLIENT-4)."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from peer import Peer, answer, redirect
from style import Style

from utilmeta.core import api
from utilmeta.core.cli import Client, TimedOut
from utilmeta.core.cli.transport import deadline
from utilmeta.core.response import Response

SHORT = 0.25
PATIENCE = 5  # seconds within which a machine under load has to notice


class Item(Response):
    result: int


def trickle(sock: socket.socket) -> None:
    """Answer a byte at a time, for longer than a test waits."""
    for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + bytes(1000):
        sock.sendall(bytes([byte]))
        time.sleep(0.02)


def headers_for_ever(sock: socket.socket) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        sock.sendall(b"X-%d: 1\r\n" % number)
        time.sleep(0.05)


def processing(sock: socket.socket) -> None:
    for _ in range(1000):
        sock.sendall(b"HTTP/1.1 102 Processing\r\n\r\n")
        time.sleep(0.02)


def assert_late(ask: Callable[[], Any]) -> None:
    begin = time.monotonic()
    found = ask()
    assert time.monotonic() - begin < PATIENCE
    assert found.status == 504
    assert isinstance(found.error, TimeoutError)
    assert "within 0.25 seconds" in str(found.error)


@pytest.mark.parametrize("reply", [None, trickle, headers_for_ever, processing], ids=lambda each: str(each)[10:25])
def test_an_answer_that_does_not_end_is_late(style: Style, peer: Peer, reply: Any) -> None:
    peer.on("/slow", reply or peer.hang)
    client = style.client(base_url=peer.url, default_timeout=SHORT)
    assert_late(lambda: style.request(client, "GET", "slow"))


def test_redirects_share_the_time(style: Style, peer: Peer) -> None:
    def slowly(sock: socket.socket) -> None:
        time.sleep(0.1)
        sock.sendall(redirect("/again", 307, ("Connection", "close")))

    peer.on("/again", slowly)
    client = style.client(base_url=peer.url, allow_redirects=True)
    assert_late(lambda: style.request(client, "GET", "again", timeout=SHORT))


def test_a_peer_that_never_takes_the_connection_is_late(style: Style) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = []
        for _ in range(4):  # more than its queue holds
            sock = socket.socket()
            sock.setblocking(False)
            sock.connect_ex(full.getsockname())
            waiting.append(sock)
        client = style.client(base_url=f"http://127.0.0.1:{full.getsockname()[1]}")
        assert_late(lambda: style.request(client, "GET", timeout=SHORT))
        for sock in waiting:
            sock.close()


def test_a_tls_handshake_that_nobody_answers_is_late(style: Style) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = style.client(base_url=f"https://127.0.0.1:{silent.getsockname()[1]}")
        assert_late(lambda: style.request(client, "GET", timeout=SHORT))


def test_a_name_that_nobody_resolves_is_late(style: Style, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    resolve = socket.getaddrinfo

    def slow(host: Any, *arguments: Any, **options: Any) -> Any:
        if "slow.example" in str(host) and not options.get("flags", 0) & socket.AI_NUMERICHOST:
            over.wait(10)
            raise socket.gaierror("nobody")
        return resolve(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    try:
        assert_late(
            lambda: style.request(style.client(base_url="http://slow.example"), "GET", timeout=timedelta(seconds=SHORT))
        )
    finally:
        over.set()
        style.wait(style.loop.shutdown_default_executor())


def test_a_large_body_that_nobody_reads_is_late(style: Style) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        client = style.client(base_url=f"http://127.0.0.1:{deaf.getsockname()[1]}")
        assert_late(lambda: style.request(client, "POST", data=bytes(30 << 20), timeout=SHORT))


def test_the_time_of_a_call_goes_before_that_of_the_function_and_that_before_the_clients(peer: Peer) -> None:
    class Timed(Client):
        @api.get(timeout=20)
        def function(self) -> Response: ...

        @api.get
        def default(self) -> Response: ...

        def process_request(self, request: Any) -> None:
            times.append(request.timeout)

    times: list[float | None] = []
    timed = Timed(peer.url, default_timeout=timedelta(seconds=30))
    timed.function()
    timed.default()
    timed.get("x", timeout=10)
    timed.get("x")
    Timed(peer.url).default()
    assert times == [20, 30, 10, 30, None]


def test_a_hook_may_change_the_time(style: Style, peer: Peer) -> None:
    class Changed:
        def process_request(self, request: Any) -> None:
            request.timeout = SHORT

    peer.on("/slow", peer.hang)
    client = style.client(Changed, peer.url)
    assert_late(lambda: style.request(client, "GET", "slow"))


def test_the_error_is_raised_where_a_template_alone_is_annotated(style: Style, peer: Peer) -> None:
    class Templated:
        @api.get(timeout=SHORT)
        def slow(self) -> Item: ...

    peer.on("/slow", peer.hang)
    with pytest.raises(TimedOut):
        style.call(style.client(Templated, peer.url).slow)
    assert style.call(style.client(Templated, peer.url, fail_silently=True).slow).status == 504


def test_a_connection_can_be_used_without_a_time_after_one_with(style: Style, peer: Peer) -> None:
    with style.within(style.client(base_url=peer.url)) as client:
        style.request(client, "GET", timeout=5)
        late = peer.on("/late", lambda sock: (time.sleep(0.3), sock.sendall(answer({}))))
        assert style.request(client, "GET", late).status == 200
        assert {each.connection for each in peer.received} == {0}


@pytest.mark.parametrize("backend", ["urllib", "requests", "httpx", "aiohttp"])
def test_a_cancelled_call_ends_its_connection(peer: Peer, backend: str) -> None:
    ended = threading.Event()

    def until_closed(sock: socket.socket) -> None:
        asked.set()
        sock.settimeout(10)
        if sock.recv(1) == b"":
            ended.set()

    asked = threading.Event()
    peer.on("/slow", until_closed)

    async def main() -> None:
        task = asyncio.create_task(Client(peer.url, backend=backend).async_get("slow"))
        while not asked.is_set():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert ended.wait(PATIENCE)


def test_a_thread_that_waits_for_a_name_leaves_what_it_was_told() -> None:
    left = deadline.Deadline(5)
    assert deadline.given_up(lambda: 1, left) == 1
    with pytest.raises(KeyError):
        deadline.given_up(lambda: {}["a"], left)
    with pytest.raises(TimeoutError):
        deadline.Deadline(0.001, time.monotonic() - 1).left()


@pytest.mark.parametrize("timeout", [0, -1, float("inf"), float("nan"), True, "1"])
def test_a_time_that_is_none_is_refused(peer: Peer, timeout: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="default_timeout"):
        Client(peer.url, default_timeout=timeout)
    with pytest.raises((TypeError, ValueError), match="timeout"):
        Client(peer.url).get("x", timeout=timeout)
