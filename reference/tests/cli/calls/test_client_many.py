"""Many awaited calls at once: none is lost, and they have no more connections than the client may have."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from utilmeta.core import api
from utilmeta.core.cli import Client, TimedOut
from utilmeta.core.response import Response

LIBRARIES = ["httpx", "aiohttp"]


class Numbers(Client):
    @api.get("number/{n}")
    async def number(self, n: int) -> Response[int]: ...


class Counting:
    """A server that answers each request with its own number a little later, and counts connections."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.open = self.most = 0

    async def __aenter__(self) -> str:
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=500)
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def __aexit__(self, *exception: object) -> None:
        self.server.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(self.seconds)
                body = head.split(b" ", 2)[1].rpartition(b"/")[2]
                kind = b"Content-Type: application/json\r\nContent-Length: %d" % len(body)
                writer.write(b"HTTP/1.1 200 OK\r\n" + kind + b"\r\n\r\n" + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.open -= 1
            writer.close()


@pytest.mark.parametrize("entered", [True, False])
@pytest.mark.parametrize("library", LIBRARIES)
def test_each_of_many_calls_gets_its_own_answer(library: str, entered: bool) -> None:
    server, calls = Counting(0.01), 60 if entered else 20

    async def main() -> list[Any]:
        async with server as url:
            client = Numbers(url, backend=library, max_connections=7)
            if not entered:
                return await asyncio.gather(*(client.number(n) for n in range(calls)))
            async with client:
                return await asyncio.gather(*(client.number(n) for n in range(calls)))

    found = asyncio.run(main())
    assert [each.result for each in found] == list(range(calls))
    assert 2 <= server.most <= 7


@pytest.mark.parametrize("entered", [True, False])
@pytest.mark.parametrize("library", LIBRARIES)
def test_waiting_for_a_connection_is_in_the_time_of_a_call(library: str, entered: bool) -> None:
    async def main() -> None:
        async with Counting(1.0) as url:
            client = Numbers(url, backend=library, max_connections=1, default_timeout=0.5)
            if entered:
                await client.__aenter__()
            first = asyncio.ensure_future(client.async_get("number/1", timeout=9))
            await asyncio.sleep(0.1)
            with pytest.raises(TimedOut):
                await client.number(2)
            assert (await first).data == 1
            assert (await client.async_get("number/3", timeout=9)).data == 3
            await client.aclose()

    asyncio.run(main())


def test_a_limit_that_is_none_is_refused() -> None:
    for wrong in (0, -1):
        with pytest.raises(ValueError, match="max_connections"):
            Client(max_connections=wrong)
    for other in (True, "7", 1.5):
        with pytest.raises(TypeError, match="max_connections"):
            Client(max_connections=other)  # type: ignore[arg-type]
    assert Client(max_connections=None)
