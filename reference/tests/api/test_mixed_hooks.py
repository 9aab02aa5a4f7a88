"""Plain and async def hooks around plain and async def endpoints: threads, contexts, scopes and timeouts."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from typing import Any

import pytest
from fake import Client, FakeRequest

from utilmeta.core import api
from utilmeta.core.api import Error
from utilmeta.core.api.tree import endpoints
from utilmeta.core.concurrency.scope import Scope
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes
from utilmeta.core.request import Request
from utilmeta.core.response import Response
from utilmeta.utils import exceptions

language: contextvars.ContextVar[str] = contextvars.ContextVar("language", default="en")


class MixedAPI(api.API):
    def __init__(self, request: Request) -> None:
        super().__init__(request)
        self.threads = [threading.current_thread().name]

    @api.get
    async def awaiting(self, size: int) -> Any:
        self.threads.append(threading.current_thread().name)
        return self.threads

    @api.get
    def plain(self, size: int) -> Any:
        self.threads.append(threading.current_thread().name)
        return self.threads

    @api.before(awaiting)
    def before_awaiting(self, size: int = 3) -> None:
        self.threads.append(threading.current_thread().name)

    @api.before(plain)
    async def before_plain(self) -> None:
        await asyncio.sleep(0)
        self.threads.append(threading.current_thread().name)


@api.CORS("*")
class HangingAPI(api.API):
    @api.get(timeout=0.02)
    def plain(self) -> None: ...

    @api.get(timeout=0.02)
    async def awaited(self) -> None: ...

    @api.before(plain)
    def hang(self) -> None:
        time.sleep(0.1)

    @api.after(awaited)
    async def hang_after(self, response: Response) -> None:
        await asyncio.sleep(10)

    @api.handle("*")
    def never(self, error: Error) -> str:
        return "handled"


@pytest.mark.parametrize("path", ["/plain", "/awaited"])
def test_a_timeout_is_around_hooks_and_within_cors(path: str) -> None:
    answer = Client(HangingAPI).get(path, Origin="https://a.example")
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (503, "*")


def test_what_a_plain_part_sets_for_its_request_is_there_for_the_parts_after_it() -> None:
    class LanguageAPI(api.API):
        @api.get
        async def spoken(self) -> str:
            return language.get()

        @api.before("*")
        def choose(self) -> None:
            language.set("fr")

    assert Client(LanguageAPI).get("/spoken").text == "fr"
    assert language.get() == "en"


class Named(Scope):
    def endpoint(self, call: Any) -> Any:
        def scoped(*arguments: Any) -> Any:
            threading.current_thread().name = "scoped"
            try:
                return call(*arguments)
            finally:
                threading.current_thread().name = "out of scope"

        return scoped


def test_plain_parts_of_a_mixed_call_run_in_threads_and_scopes() -> None:
    found = compile_routes(endpoints(MixedAPI), options=PlanOptions(scopes=[Named()])).fixed

    def call(path: str) -> Any:
        plan = found[path]["GET"]
        assert plan.coroutine
        return asyncio.run(plan.call(FakeRequest("GET", f"{path}?size=1"), {}))

    assert call("/awaiting") == ["scoped", "scoped", "MainThread"]
    assert call("/plain") == ["scoped", "MainThread", "scoped"]


@pytest.mark.parametrize("name", ["before_plain", "awaiting"])
def test_an_async_def_is_refused_in_a_synchronous_service(name: str) -> None:
    root = type("RootAPI", (api.API,), {"plain": MixedAPI.plain, name: vars(MixedAPI)[name]})
    with pytest.raises(exceptions.DeclarationError, match=rf"{name} is an async def in a synchronous service"):
        compile_routes(endpoints(root), options=PlanOptions(asynchronous=False))


def test_an_async_plugin_is_refused_in_a_synchronous_service() -> None:
    class Late(api.Plugin):
        async def handle_error(self, error: Error) -> None: ...

    @Late()
    class LateAPI(api.API):
        @api.get
        def plain(self) -> None: ...

    with pytest.raises(exceptions.DeclarationError, match=r"Late\.handle_error is an async def"):
        compile_routes(endpoints(LateAPI), options=PlanOptions(asynchronous=False))
