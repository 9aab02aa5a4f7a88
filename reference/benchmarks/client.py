"""What a declared call of a client costs beside the same call by hand with its library: `python -m benchmarks client`.

Prints for each style the CPU microseconds of a call by hand and by a Client, and their ratio: the medians of several
rounds, taken in turns, against a server in another process. By hand urllib is ``urllib.request``, which opens a
connection for each call; the others keep theirs.
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
    @api.get("point/{id}")
    async def point(self, id: int, size: int, word: str = "") -> Response[Point]:  # type: ignore[empty-body]
        pass


def serve(told: Any) -> None:
    """Answer each request alike, and tell the port."""

    class Answering(asyncio.Protocol):
        def connection_made(self, transport: Any) -> None:
            self.transport = transport

        def data_received(self, data: bytes) -> None:
            self.transport.write(REPLY)
            if b"\r\nConnection: close" in data:
                self.transport.close()

    async def main() -> None:
        server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0)
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
    finally:
        server.terminate()
        server.join()
