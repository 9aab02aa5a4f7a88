"""Tracebacks of endpoints name what ran around them: hooks, plugins, templates, transactions, in this order."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from fake import FakeRequest

from utilmeta.conf import Time
from utilmeta.core import api
from utilmeta.core.api.tree import endpoints
from utilmeta.core.orm.transactions import Begin
from utilmeta.core.pipeline.dispatch import Limits, compile_async_handle, compile_handle
from utilmeta.core.pipeline.host import AllowedHosts
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes
from utilmeta.core.pipeline.responder import Responder
from utilmeta.core.response import Response
from utilmeta.core.response.encoding import compile_encoder

Frames = Callable[[type[api.API]], list[str]]

PLUGIN = ["run_plugin_response", "run_plugin_error", "run_plugin_request"]
HOOKS = ["run_after_hooks", "run_before_hooks", "call_endpoint"]

# Of ``asyncio.run``, which settles coroutines on a server of threads here.
ASYNCIO = ("run", "run_until_complete", "result")


class Enveloped(Response):
    result_key = "data"


class Watching(api.Plugin):
    def process_request(self, request: Any) -> None: ...

    def process_response(self, response: Response) -> None: ...

    def handle_error(self, error: Any) -> None: ...


class FakeTransaction:
    """Commits nothing."""

    def __enter__(self) -> FakeTransaction:
        return self

    def __exit__(self, *error: object) -> None: ...

    def finish(self, result: Any) -> Any:
        return result

    def failed(self, error: BaseException) -> None: ...


class FakeTransactions:
    """A transaction for each endpoint that has no ``async def``."""

    def of(
        self, label: str, marked: Sequence[Any], asynchronous: Sequence[str], atomic: Sequence[str] = ()
    ) -> Begin | None:
        return None if asynchronous else FakeTransaction

    def around(self, function: Callable[..., Any], atomic: Sequence[str]) -> Callable[..., Any]:
        raise NotImplementedError

    def require(self, label: str, atomic: Sequence[str]) -> None:
        raise NotImplementedError


class LastTraceback(logging.Handler):
    """Keeps the names of the functions in the last traceback that is logged."""

    names: list[str]

    def emit(self, record: logging.LogRecord) -> None:
        assert record.exc_info
        self.names = [frame.name for frame in traceback.extract_tb(record.exc_info[2])]


@pytest.fixture
def last() -> Iterator[LastTraceback]:
    handler, log = LastTraceback(), logging.getLogger("utilmeta")
    log.addHandler(handler)
    yield handler
    log.removeHandler(handler)


@pytest.fixture(params=["thread", "loop"])
def frames(request: pytest.FixtureRequest, last: LastTraceback) -> Frames:
    """Asks for GET /raises, on a server of threads or one with a loop, and gives the functions in the traceback of its
    500: those between the dispatcher's own and the one that raised."""

    def ask(root: type[api.API]) -> list[str]:
        table = compile_routes(endpoints(root), options=PlanOptions(transactions=FakeTransactions()))
        responder, limits = Responder(compile_encoder(Time()), production=True), Limits(1000, AllowedHosts())
        lifecycle = Lifecycle()
        lifecycle.settle = asyncio.run  # type: ignore[assignment]
        if request.param == "thread":
            status, _, _ = compile_handle(table, responder, limits, lifecycle)(FakeRequest("GET", "/raises"))
        else:
            handle = compile_async_handle(table, responder, limits, lifecycle)

            async def awaited() -> Any:
                return await handle(FakeRequest("GET", "/raises"))

            status, _, _ = asyncio.run(awaited())
        assert status == 500
        own, *between, raised = [name for name in last.names if name not in ASYNCIO]
        assert own in ("answer", "answer_in_thread", "answer_on_loop")
        assert raised == "raises"
        return between

    return ask


def test_an_endpoint_without_hooks_has_its_template_check_and_cors_around_it(frames: Frames) -> None:
    @api.CORS("https://app.example")
    class RootAPI(api.API):
        class response(Response):
            result_key = "data"
            strict = True
            result: int

        @api.get
        async def raises(self) -> int:
            raise ZeroDivisionError

    assert frames(RootAPI) == ["apply_cors", "apply_template", "check_result"]


def test_a_traceback_of_plain_functions_tells_all_that_is_around_the_endpoint(frames: Frames) -> None:
    @api.CORS("https://app.example")
    @Watching()
    class RootAPI(api.API):
        response = Enveloped

        @api.get
        def raises(self) -> None:
            raise ZeroDivisionError

        @api.before("*")
        def look(self) -> None: ...

        @api.after("*")
        def change(self, response: Response) -> None: ...

    assert frames(RootAPI) == [
        "apply_cors",
        "run_in_transaction",
        "run_without_waiting",
        *PLUGIN,
        *HOOKS,
        "call_at_once",
    ]


def test_a_traceback_of_coroutines_tells_all_that_is_around_the_endpoint(frames: Frames) -> None:
    @Watching()
    class RootAPI(api.API):
        response = Enveloped

        @api.get
        async def raises(self) -> None:
            raise ZeroDivisionError

        @api.before("*")
        def look(self) -> None: ...

        @api.after("*")
        async def change(self, response: Response) -> None: ...

    assert frames(RootAPI) == [*PLUGIN, *HOOKS]


def test_a_traceback_tells_that_the_arguments_of_after_hooks_were_bound_before_the_endpoint(frames: Frames) -> None:
    class RootAPI(api.API):
        @api.get
        async def raises(self) -> None:
            raise ZeroDivisionError

        @api.after("*")
        async def change(self, response: Response, size: int = 0) -> None: ...

    assert frames(RootAPI) == ["run_after_hooks", "bind_after_hooks", "call_endpoint"]


def test_a_traceback_of_a_hook_tells_which_kind_it_is_and_that_handlers_were_asked(frames: Frames) -> None:
    class RootAPI(api.API):
        @api.get("raises")
        async def endpoint(self) -> str:
            return "never"

        @api.before("*")
        async def raises(self) -> None:
            raise ZeroDivisionError

        @api.handle("*", LookupError)
        def answer(self, error: Any) -> str:
            return "never"

    assert frames(RootAPI) == ["handle_errors", "recover", "handle_errors", "run_before_hooks", "call_hook"]


def test_a_traceback_of_a_plugin_tells_which_of_its_functions_it_is(frames: Frames) -> None:
    class Raising(api.Plugin):
        def process_response(self, response: Response) -> None:
            raises()

    def raises() -> None:
        raise ZeroDivisionError

    @Raising()
    class RootAPI(api.API):
        @api.get("raises")
        def endpoint(self) -> str:
            return "never"

    # Error handlers, of which there are none here, are asked about it.
    asked = ["run_plugin_response", "recover"]
    called = ["run_plugin_response", "call_at_once", "process_response"]
    assert frames(RootAPI) == ["run_in_transaction", "run_without_waiting", *asked, *called]
