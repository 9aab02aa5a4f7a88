"""Connections that are kept, shared by threads and event loops, closed and opened again (CLIENT-g36, CLIENT-1b)."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
import warnings
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from peer import Peer, answer
from style import Style

from utilmeta.core import api
from utilmeta.core.cli import Aborted, Client
from utilmeta.core.response import Response

PLAIN = ["urllib", "requests", "httpx"]


class Item(Client):
    @api.get("x")
    async def item(self, id: int) -> Response: ...


def test_connections_are_used_again_within_with(style: Style, peer: Peer) -> None:
    client = style.client(base_url=peer.url)
    for _ in range(2):
        with style.within(client):
            for _ in range(3):
                style.request(client, "POST", "x", data={"a": 1})
    assert [each.connection for each in peer.received] == [0, 0, 0, 1, 1, 1]


def test_a_client_may_be_entered_within_itself_and_closed_while_used(style: Style, peer: Peer) -> None:
    client = style.client(base_url=peer.url)
    with style.within(client), style.within(client):
        style.request(client, "GET")
    with style.within(client):
        style.request(client, "GET")
        style.wait(client.aclose()) if style.awaits else client.close()
        assert style.request(client, "GET").status == 200
    assert style.request(client, "GET").status == 200


def test_what_follows_an_answer_is_not_the_next_one(style: Style, peer: Peer) -> None:
    peer.on("/x", answer({"n": 1}) + answer({"n": 2}), answer({"n": 3}))
    with style.within(style.client(base_url=peer.url)) as client:
        assert [style.request(client, "GET", "x").data for _ in range(2)] == [{"n": 1}, {"n": 3}]
        assert style.request(client, "GET").status == 200


@pytest.mark.parametrize("lengths", [["2", "1"], ["1", "2"], ["-1"], ["two"], ["2, 1"]], ids="_".join)
def test_an_answer_without_a_valid_length_is_none(style: Style, peer: Peer, lengths: list[str]) -> None:
    lines = "".join(f"Content-Length: {length}\r\n" for length in lengths)
    peer.on("/x", f"HTTP/1.1 200 OK\r\n{lines}\r\n{{}}".encode())
    found = style.request(style.client(base_url=peer.url), "GET", "x", timeout=5)
    assert isinstance(found.error, Aborted)


def test_nothing_is_left_open(style: Style, peer: Peer) -> None:
    gc.collect()  # of other tests
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with style.within(style.client(base_url=peer.url)) as client:
            style.request(client, "GET")
        if style.awaits:
            style.request(client, "GET")
        del client
        style.wait(asyncio.sleep(0)) if style.awaits else None
        gc.collect()
    assert [str(each.message) for each in told] == []


@pytest.mark.parametrize("backend", PLAIN)
def test_a_client_that_is_let_go_closes_its_connections(peer: Peer, backend: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        client = Client(peer.url, backend=backend)
        client.get("x")
        gone = weakref.ref(client._connections)
        del client
        assert gone() is None


@pytest.mark.parametrize("backend", PLAIN)
def test_threads_share_a_client(peer: Peer, backend: str) -> None:
    threads, calls = 8, 20

    def ask(number: int) -> list[Any]:
        return [client.post("x", data={"number": number, "call": call}).data for call in range(calls)]

    peer.on("/x", answer({"a": 1}, 200, ("Set-Cookie", "a=1")))
    client = Client(peer.url, backend=backend, default_timeout=20)
    with client, ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(ask, range(threads)))
    assert found == [[{"a": 1}] * calls] * threads
    sent = sorted((each.json["number"], each.json["call"]) for each in peer.received)
    assert sent == [(number, call) for number in range(threads) for call in range(calls)]
    assert len(peer.sockets) <= threads + 2


@pytest.mark.parametrize("backend", PLAIN)
def test_a_call_in_another_thread_ends_when_the_client_is_closed(peer: Peer, backend: str) -> None:
    asked = threading.Event()

    def slow(sock: Any) -> None:
        asked.set()
        time.sleep(0.2)
        sock.sendall(answer({"a": 1}))

    peer.on("/slow", slow)
    client = Client(peer.url, backend=backend, default_timeout=10)
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(client.get, "slow")
        assert asked.wait(10)
        client.close()
        found = call.result(10)
    assert found.data == {"a": 1} or isinstance(found.error, Aborted)
    assert client.get("x").status == 200


@pytest.mark.parametrize("backend", ["httpx", "aiohttp"])
def test_tasks_share_connections_and_end_them_once(peer: Peer, backend: str) -> None:
    async def ask() -> Any:
        async with client:
            return (await client.async_get("x")).data

    async def main() -> list[Any]:
        async with client:
            return await asyncio.gather(*(ask() for _ in range(10)))

    client = Client(peer.url, backend=backend)
    for _ in range(2):  # in two event loops
        assert asyncio.run(main()) == [{}] * 10


@pytest.mark.parametrize("backend", ["httpx", "aiohttp"])
def test_two_event_loops_at_once_have_connections_of_their_own(peer: Peer, backend: str) -> None:
    async def main() -> list[int]:
        async with client:
            found = []
            for _ in range(20):
                found.append((await client.async_get("x")).status)
                await asyncio.sleep(0)
            return found

    client = Client(peer.url, backend=backend)
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(asyncio.run, main()) for _ in range(2)]
        assert [run.result(20) for run in runs] == [[200] * 20] * 2
    assert len({each.connection for each in peer.received}) == 2


@pytest.mark.parametrize("backend", ["urllib", "requests"])
def test_awaited_calls_of_a_plain_library_leave_the_loop_free(peer: Peer, backend: str) -> None:
    async def main() -> tuple[int, int]:
        async with Item(peer.url, backend=backend, default_timeout=20) as client:
            call = asyncio.create_task(client.item(1))
            turns = 0
            while not call.done():
                await asyncio.sleep(0.01)
                turns += 1
            return turns, (await call).status

    def slow(sock: Any) -> None:
        time.sleep(0.2)
        sock.sendall(answer({}))

    peer.on("/x", slow)
    turns, status = asyncio.run(main())
    assert (turns > 3, status) == (True, 200)


def test_an_awaited_call_may_follow_a_plain_one(peer: Peer) -> None:
    client = Client(peer.url, backend="httpx")
    with client:
        assert client.get("x").status == 200
        assert asyncio.run(client.async_get("x")).status == 200
    assert len(peer.received) == 2
