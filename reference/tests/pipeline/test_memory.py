"""What is of a request is free when it has been answered, without waiting for the garbage collector."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any
from weakref import ref

import pytest
from fake import Client, FakeRequest
from project import Project

from utilmeta.core import api
from utilmeta.core.pipeline.responder import Reply
from utilmeta.core.response import Response
from utilmeta.core.response.error import Error
from utilmeta.utils.exceptions import MethodNotAllowed, NotFound

TIMES = 100
SET: ContextVar[str] = ContextVar("SET", default="nothing")


class Watched(FakeRequest):
    """A request of which can be told whether it is there still."""

    __slots__ = ("__weakref__",)


@pytest.fixture(autouse=True)
def uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    logging.disable()  # what pytest keeps of the log has tracebacks
    yield
    logging.disable(logging.NOTSET)
    gc.enable()


def left(client: Client, method: str, target: str) -> tuple[int, int]:
    """How many requests are there still after they were answered: on a server of threads, and on one with a loop."""
    known = []
    for _ in range(TIMES):
        one = Watched(method, target)
        known.append(ref(one))
        client.handle(one)
        del one
    threads = sum(each() is not None for each in known)
    known.clear()

    async def ask() -> int:
        for _ in range(TIMES):
            one = Watched(method, target)
            known.append(ref(one))
            await client.async_handle(one)
            del one
        until = time.monotonic() + 5
        while any(each() is not None for each in known) and time.monotonic() < until:  # what is cancelled ends now
            await asyncio.sleep(0.01)
        return sum(each() is not None for each in known)

    return threads, asyncio.run(ask())


class TemplateAPI(api.API):
    class response(Response):
        result_key = "data"
        message_key = "note"

    @api.get
    def known(self) -> str:
        return "known"


class PlainAPI(TemplateAPI):
    @api.handle("*", NotFound, MethodNotAllowed)
    def named(self, error: Error) -> dict[str, Any]:
        return {"named": error.type.__name__}


class AsyncAPI(TemplateAPI):
    @api.handle("*", NotFound, MethodNotAllowed)
    async def named(self, error: Error) -> dict[str, Any]:
        return {"named": error.type.__name__}


class PassingAPI(TemplateAPI):
    @api.handle("*", NotFound, MethodNotAllowed)
    def passes(self, error: Error) -> None: ...


class RaisingAPI(TemplateAPI):
    @api.handle("*", NotFound, MethodNotAllowed)
    def raises(self, error: Error) -> None:
        raise LookupError


class HandledAPI(RaisingAPI):
    @api.handle("*", LookupError)
    def named(self, error: Error) -> dict[str, Any]:
        return {"named": error.type.__name__}


class Answering(api.Plugin):
    def handle_error(self, error: Error) -> str:
        return "answered"


@Answering()
class FailingAPI(api.API):
    @api.get
    def plain(self) -> str:
        raise LookupError

    @api.get
    async def awaited(self) -> str:
        raise LookupError

    @api.get(timeout=0.001)
    async def late(self) -> str:
        await asyncio.sleep(10)
        raise LookupError


@pytest.mark.parametrize("root", [TemplateAPI, PlainAPI, AsyncAPI, PassingAPI, RaisingAPI, HandledAPI])
@pytest.mark.parametrize(("method", "target"), [("GET", "/unknown"), ("POST", "/known"), ("GET", "/known")])
def test_a_request_that_no_endpoint_answers_is_free_like_any_other(
    root: type[api.API], method: str, target: str
) -> None:
    assert left(Client(root), method, target) == (0, 0)


@pytest.mark.parametrize("target", ["/plain", "/awaited", "/late"])
def test_a_request_that_failed_is_free_whatever_answers_for_it(target: str) -> None:
    assert left(Client(FailingAPI), "GET", target) == (0, 0)


class SettingAPI(api.API):
    class response(Response):
        result_key = "data"
        message_key = "note"

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self.headers["X-Before"] = SET.get()
            SET.set("by an earlier request")

    @api.post
    def takes(self, size: int = 1) -> str:
        return "taken"


@pytest.mark.parametrize(("method", "target", "body"), [("GET", "/unknown", b""), ("POST", "/takes", b"x" * 1001)])
@pytest.mark.parametrize("on_loop", [False, True])
def test_what_a_template_sets_for_an_error_no_other_request_of_the_connection_finds(
    method: str, target: str, body: bytes, on_loop: bool
) -> None:
    client = Client(SettingAPI)

    async def ask() -> list[Reply]:
        return [await client.async_handle(FakeRequest(method, target, body=body)) for _ in range(2)]

    if on_loop:
        replies = asyncio.run(ask())
    else:
        replies = [client.handle(FakeRequest(method, target, body=body)) for _ in range(2)]
    assert [dict(headers)["X-Before"] for _, headers, _ in replies] == ["nothing", "nothing"]


SERVICE = """
import gc, http.client, os, signal, socket, sys, threading, time
from utilmeta.core.request import Request
from utilmeta.core.response import Response

class Template(Response):
    result_key = "data"
    message_key = "note"

class HookedAPI(api.API):
    response = Template

    @api.get
    def known(self):
        return "known"

    @api.handle("*")
    def named(self, error):
        return {"path": self.request.path}

class OuterAPI(RootAPI):
    hooked: HookedAPI
    response = Template

with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]
service = UtilMeta(__name__, backend=BACKEND, name="shop", port=port, api=OuterAPI, route="/api")

def kept():
    return sum(issubclass(type(each), (Request, OWN)) for each in gc.get_objects())

def ask(path, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path)
    connection.getresponse().read()
    connection.close()

def measure():
    while True:
        try:
            ask("/api/hello")
            break
        except OSError:
            time.sleep(0.05)
    gc.collect()
    gc.disable()
    for method, path in ("GET", "/api/unknown"), ("POST", "/api/hello"), ("GET", "/outside"), ("GET", "/api/hooked"):
        for _ in range(TIMES):
            ask(path, method)
    until = time.monotonic() + 10
    while kept() > 10 and time.monotonic() < until:
        time.sleep(0.05)
    print("kept", kept(), flush=True)

def end():
    try:
        measure()
    finally:
        os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=end, daemon=True).start()
service.run(**OPTIONS)
"""


@pytest.mark.parametrize(
    ("backend", "own", "options"),
    [
        ("flask", "flask.Request", ""),
        ("django", "django.http.HttpRequest", ""),
        ("starlette", "starlette.requests.Request", ""),
        ("fastapi", "starlette.requests.Request", ""),
        ("sanic", "sanic.request.Request", "single_process=True"),
        ("tornado", "tornado.httputil.HTTPServerRequest", ""),
    ],
)
def test_a_service_keeps_no_request_that_no_endpoint_has_answered(
    project: Project, backend: str, own: str, options: str
) -> None:
    module = own.rpartition(".")[0]
    project.serve(
        f"import {module}\nBACKEND, OWN, TIMES, OPTIONS = {backend!r}, {own}, {TIMES // 4}, dict({options})\n{SERVICE}"
    )
    done = project.python("server.py")
    assert done.returncode == 0, done.stderr
    kept = next(line for line in done.stdout.splitlines() if line.startswith("kept "))
    assert int(kept.removeprefix("kept ")) <= 10
