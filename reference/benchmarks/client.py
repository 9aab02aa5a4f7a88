"""What a declared call of a client costs beside the same call by hand with its library: `python -m benchmarks client`.

Prints for each style the CPU microseconds of a call by hand and by a Client, and their ratio: the medians of several
rounds, taken in turns, against a server in another process. By hand urllib is ``urllib.request``, which opens a
connection for each call; the others keep theirs.

Then it makes ``MANY`` awaited calls at once, each of which has to get its own answer, and prints over how many
connections they went, and the CPU microseconds of each.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import statistics
import time
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
import httpx2 as httpx
import requests

from utilmeta.core import api
from utilmeta.core.cli import Client
from utilmeta.core.response import Response

ROUNDS = 15
CALLS = 100
MANY = 1000
CONNECTIONS = 100
BODY = b'{"x": 1, "y": 2, "name": "point"}'
REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)


@dataclass
class Point:
    x: int
    y: int
    name: str


class Points(Client):
    @api.get("point/{id}")
    def point(self, id: int, size: int, word: str = "") -> Response[Point]:  # type: ignore[empty-body]
        pass


class AwaitedPoints(Client):
    @api.get("number/{n}")
    async def number(self, n: int) -> Response[int]:  # type: ignore[empty-body]
        pass

    @api.get("most")
    async def most(self) -> Response[int]:  # type: ignore[empty-body]
        pass

    @api.get("point/{id}")
    async def point(self, id: int, size: int, word: str = "") -> Response[Point]:  # type: ignore[empty-body]
        pass


def number(text: bytes) -> bytes:
    """An answer that is a number."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % len(text) + text


def serve(told: Any) -> None:
    """Answer each request alike, and tell the port."""

    class Answering(asyncio.Protocol):
        open = most = 0

        def connection_made(self, transport: Any) -> None:
            self.transport = transport
            Answering.open += 1
            Answering.most = max(Answering.most, Answering.open)

        def connection_lost(self, error: Exception | None) -> None:
            Answering.open -= 1

        def data_received(self, data: bytes) -> None:
            if data.startswith(b"GET /number/"):
                self.transport.write(number(data.split(b" ", 2)[1][8:]))
                return
            if data.startswith(b"GET /most"):
                self.transport.write(number(b"%d" % Answering.most))
                Answering.most = 0
                return
            self.transport.write(REPLY)
            if b"\r\nConnection: close" in data:
                self.transport.close()

    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0, backlog=500)
        told.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def seconds(ask: Callable[[int], object]) -> float:
    begin = time.process_time()
    for number in range(CALLS):
        ask(number)
    return time.process_time() - begin


async def aseconds(ask: Callable[[int], Awaitable[object]]) -> float:
    begin = time.process_time()
    for number in range(CALLS):
        await ask(number)
    return time.process_time() - begin


def printed(style: str, rounds: list[tuple[float, float]]) -> None:
    hand, client = (statistics.median(times) / CALLS * 1e6 for times in zip(*rounds[1:], strict=True))
    print(f"{style}: {hand:.0f} us by hand, {client:.0f} us by a Client: {client / hand:.2f} times")


def plain(style: str, url: str, by_hand: Callable[[int], object]) -> None:
    with Points(url, backend=style) as client:

        def ask(number: int) -> object:
            return client.point(number, size=3, word="a").result

        assert by_hand(1) == ask(1)
        printed(style, [(seconds(by_hand), seconds(ask)) for _ in range(ROUNDS)])


async def awaited(style: str, url: str, by_hand: Callable[[int], Awaitable[object]]) -> None:
    async with AwaitedPoints(url, backend=style.partition("-")[0]) as client:

        async def ask(number: int) -> object:
            return (await client.point(number, size=3, word="a")).result

        assert await by_hand(1) == await ask(1)
        printed(style, [(await aseconds(by_hand), await aseconds(ask)) for _ in range(ROUNDS)])


async def many(style: str, url: str) -> None:
    """Make many calls at once. Raises AssertionError where an answer is lost, or is that of another call."""
    async with AwaitedPoints(url, backend=style.partition("-")[0], max_connections=CONNECTIONS) as client:
        await client.most()
        begin = time.process_time()
        found = await asyncio.gather(*(client.number(n) for n in range(MANY)))
        took = time.process_time() - begin
        assert [each.result for each in found] == list(range(MANY))
        most = (await client.most()).result
        assert most <= CONNECTIONS
    print(
        f"{style}: {MANY} calls at once over {most} connections, each its own answer: {took / MANY * 1e6:.0f} us each"
    )


def by_urllib(url: str) -> Callable[[int], object]:
    def ask(number: int) -> object:
        query = urlencode({"size": 3, "word": "a"})
        with urllib.request.urlopen(f"{url}/point/{number}?{query}") as response:
            return Point(**json.load(response))

    return ask


def by_session(url: str, session: Any) -> Callable[[int], object]:
    return lambda number: Point(**session.get(f"{url}/point/{number}", params={"size": 3, "word": "a"}).json())


async def by_awaiting(url: str) -> None:
    async with httpx.AsyncClient() as client:

        async def ask(number: int) -> object:
            return Point(**(await client.get(f"{url}/point/{number}", params={"size": 3, "word": "a"})).json())

        await awaited("httpx-async", url, ask)
    async with aiohttp.ClientSession() as session:

        async def ask_aiohttp(number: int) -> object:
            async with session.get(f"{url}/point/{number}", params={"size": 3, "word": "a"}) as response:
                return Point(**await response.json())

        await awaited("aiohttp", url, ask_aiohttp)


def main() -> None:
    told: Any = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(told,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{told.get(timeout=30)}"
    try:
        plain("urllib", url, by_urllib(url))
        with requests.Session() as session:
            plain("requests", url, by_session(url, session))
        with httpx.Client() as client:
            plain("httpx", url, by_session(url, client))
        asyncio.run(by_awaiting(url))
        for style in ("httpx-async", "aiohttp"):
            asyncio.run(many(style, url))
    finally:
        server.terminate()
        server.join()
