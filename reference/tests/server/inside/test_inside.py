"""Calls within a process and test clients, on each backend and in both modes. One process a service: scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from script import passes

BACKENDS = ("flask", "django", "starlette", "fastapi", "sanic", "tornado")

HEAD = """
import asyncio, contextvars, logging, sys, threading, time
from utilmeta import UtilMeta
from utilmeta.core import api, cli, request
from utilmeta.core.response import Response

logging.getLogger("utilmeta").addHandler(logging.NullHandler())
backend, asynchronous = {backend!r}, {asynchronous!r}
outer = contextvars.ContextVar("outer", default="nothing")
log = []

class RootAPI(api.API):
    @api.get("pet/{{id}}")
    def pet(self, id: int, name: str = ""):
        found = outer.get()
        outer.set("inner")
        told = {{"id": id, "name": name, "host": self.request.host, "outer": found}}
        return Response(told, cookies={{"seen": {{"value": str(id), "path": "/"}}}})

    @api.post
    def add(self, data: dict = request.Body, seen: str = request.CookieParam(default="")):
        return {{"size": len(data["text"]), "seen": seen}}

    @api.get
    def nested(self):
        outer.set("outer")
        answer = service.get_client().get("pet/7").data
        return {{**answer, "mine": outer.get(), "path": self.request.path}}

    @api.get
    def slow(self):
        time.sleep(1)
        return "late"

    @api.get
    def failing(self):
        raise ValueError("wrong")

class AsyncAPI(RootAPI):
    @api.get
    async def plainly(self):
        return service.get_client().get("pet/7").data

    @api.get
    async def awaiting(self):
        return (await service.get_client().async_get("nested")).data

service = UtilMeta(__name__, name="pets", backend=backend, asynchronous=asynchronous, route="/api", port=8123,
                   api=AsyncAPI if asynchronous else RootAPI, max_body_size=100_000)

@service.on_startup
def start():
    log.append("start")

@service.on_shutdown
def stop():
    log.append("stop")
"""

CALLED = """
with service.test_client(default_timeout=10) as client:
    assert log == ["start"]
    answer = client.get("pet/1", query={"name": "ä/b c"})
    assert (answer.status, answer.data["name"], answer.data["host"]) == (200, "ä/b c", "127.0.0.1:8123"), answer.data
    assert client.post("add", data={"text": "x" * 70_000}).data == {"size": 70_000, "seen": "1"}
    assert client.post("add", data={"text": "x" * 200_000}).status == 413
    statuses = [client.get("pet/x").status, client.get("none").status, client.put("add").status]
    assert statuses == [400, 404, 405], statuses
    assert client.get("failing").status == 500
    head = client.head("pet/1")
    assert (head.status, head.data, int(head.headers["content-length"]) > 10) == (200, None, True)
    assert client.get("nested").data == {
        "id": 7, "name": "", "host": "127.0.0.1:8123", "outer": "nothing", "mine": "outer", "path": "nested"
    } | {"path": client.get("nested").data["path"]}
    assert outer.get() == "nothing"
    if asynchronous:
        assert client.get("awaiting").data["id"] == 7
        assert client.get("plainly").status == 500
assert log == ["start", "stop"]
try:
    with service.test_client() as client:
        assert client.post("add", data={"text": ""}).data["seen"] == ""
        began = time.monotonic()
        slow = client.get("slow", timeout=0.2)
        assert (slow.status, isinstance(slow.error, cli.TimedOut), time.monotonic() - began < 0.9) == (504, True, True)
        1 / 0
except ZeroDivisionError:
    pass
assert log == ["start", "stop"] * 2, log
"""

AWAITED = """
async def whole():
    async with service.test_client(default_timeout=10) as client:
        ticks = 0
        async def tick():
            nonlocal ticks
            while True:
                await asyncio.sleep(0.05)
                ticks += 1
        ticking = asyncio.ensure_future(tick())
        assert (await client.async_get("slow")).status == 200
        ticking.cancel()
        assert ticks > 5, ticks
        assert (await client.async_get("nested")).data["outer"] == "nothing"
        assert (await client.async_get("pet/1")).data["id"] == 1
        slow = await client.async_get("slow", timeout=0.2)
        assert (slow.status, isinstance(slow.error, TimeoutError)) == (504, True)
        assert (await asyncio.to_thread(client.get, "pet/2")).data["id"] == 2
        if backend not in ("flask", "django"):
            try:
                client.get("pet/1")
            except Exception as error:
                assert "event loop" in str(error), error
            else:
                raise AssertionError("a plain call blocks the event loop")

for times in (1, 2):
    asyncio.run(whole())
    assert log == ["start", "stop"] * times, log

try:
    with service.test_client(), service.test_client():
        raise AssertionError("two at once")
except RuntimeError as error:
    assert "test_client() starts the service, which runs" in str(error), error

client = cli.Client(internal=True)
assert client.get("pet/3").data["id"] == 3
async def one():
    return (await client.async_get("pet/4")).data["id"]
assert [asyncio.run(one()), asyncio.run(one())] == [4, 4]
"""

FAILED = """
@service.on_startup
def failing():
    if len(log) < 3:
        raise ValueError("no database")

for client in (service.test_client(), service.test_client()):
    try:
        with client:
            raise AssertionError("the body runs")
    except RuntimeError as error:
        assert "failing" in str(error) and "no database" in str(error), error
        assert isinstance(error.__cause__, ValueError)
log.append("mended")
with service.test_client() as client:
    assert client.get("pet/1").status == 200
assert log[-2:] == ["start", "stop"], log
"""


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("text", [CALLED, AWAITED, FAILED], ids=["called", "awaited", "failed"])
def test_a_test_client_calls_a_service_without_a_server(
    tmp_path: Path, backend: str, asynchronous: bool, text: str
) -> None:
    passes(tmp_path, text, head=HEAD.format(backend=backend, asynchronous=asynchronous))
