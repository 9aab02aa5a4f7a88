"""Hooks, plugins and CORS around endpoints, on a server of threads and on one with a loop alike."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from typing import Any

import pytest
from fake import Answer, Client, FakeRequest

from utilmeta.core import api
from utilmeta.core import request as request_of
from utilmeta.core.api import Error
from utilmeta.core.api.tree import endpoints
from utilmeta.core.concurrency.scope import Scope
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes
from utilmeta.core.request import Request
from utilmeta.core.response import Response
from utilmeta.utils import exceptions

language: contextvars.ContextVar[str] = contextvars.ContextVar("language", default="en")


def trace(self: api.API, word: str) -> None:
    self.request.context.setdefault("trace", []).append(word)


class Deaf(api.Plugin):
    """Is not told what it is asked about."""

    def process_request(self) -> None: ...


class Told(api.Plugin):
    """Tells in a header where it was."""

    def __init__(self, name: str) -> None:
        self.name = name

    def process_request(self, request: Request) -> Any:
        request.context.setdefault("trace", []).append(f"{self.name} in")
        if f"{self.name} answers" in request.query:
            return f"of {self.name}"
        if f"{self.name} raises" in request.query:
            raise KeyError(self.name)
        return None

    def process_response(self, response: Response) -> Any:
        response.request.context["trace"].append(f"{self.name} out")
        response.headers = [("Trace", ", ".join(response.request.context["trace"]))]

    def handle_error(self, error: Error) -> Any:
        error.request.context["trace"].append(f"{self.name} error")
        if f"{self.name} handles" in error.request.query:
            return Response(f"{self.name} handled {error.type.__name__}", 418)
        return None


@Told("leaf class")
class LeafAPI(api.API):
    @Told("endpoint")
    @api.get
    def leaf(self) -> str:
        trace(self, "leaf")
        if "leaf raises" in self.request.query:
            raise ZeroDivisionError("by nothing")
        return "leaf"

    @api.before(leaf)
    def before_leaf(self) -> Any:
        trace(self, "before leaf")
        self.kept = "kept"  # on this request's instance
        return "instead" if "before answers" in self.request.query else None

    @api.after(leaf)
    def after_leaf(self, response: Response) -> Any:
        assert self.kept == "kept"
        trace(self, "after leaf")
        return f"after {response.result}" if "after answers" in self.request.query else None


@Told("root")
class RootAPI(api.API):
    leaf: LeafAPI

    @api.get
    def plain(self, size: int = 0) -> Any:
        trace(self, "plain")
        if size:
            raise [LookupError, KeyError, exceptions.NotFound][size - 1]("no")
        return {"plain": True}

    @api.before("*")
    def first(self) -> None:
        trace(self, "first")

    @api.before("plain", LeafAPI)
    def second(self) -> None:
        trace(self, "second")

    @api.after("*")
    def last(self, response: Response) -> None:
        trace(self, "last")


def traced(answer: Answer) -> list[str]:
    return answer.headers["Trace"].split(", ")


ALL = [
    "root in",
    "leaf class in",
    "endpoint in",
    "first",
    "second",
    "before leaf",
    "leaf",
    "after leaf",
    "last",
    "endpoint out",
    "leaf class out",
    "root out",
]


client = Client(RootAPI)


def test_hooks_and_plugins_run_outer_first_on_the_way_in_and_inner_first_on_the_way_out() -> None:
    assert traced(client.get("/leaf/leaf")) == ALL
    assert traced(client.get("/plain")) == ["root in", "first", "second", "plain", "last", "root out"]


def test_a_result_of_a_before_hook_stands_for_the_endpoints() -> None:
    answer = client.get("/leaf/leaf?before+answers")
    assert (answer.text, traced(answer)) == ("instead", [word for word in ALL if word != "leaf"])


def test_a_result_of_an_after_hook_takes_the_place_of_the_response() -> None:
    answer = client.get("/leaf/leaf?after+answers")
    assert (answer.text, traced(answer)) == ("after leaf", ALL)


def test_a_plugin_answers_in_the_place_of_what_is_inside() -> None:
    answer = client.get("/leaf/leaf?leaf+class+answers")
    assert (answer.text, traced(answer)) == (
        "of leaf class",
        ["root in", "leaf class in", "leaf class out", "root out"],
    )


def test_an_error_that_nobody_takes_is_a_problem() -> None:
    assert client.get("/leaf/leaf?leaf+raises").json["detail"] == "ZeroDivisionError: by nothing"


def test_an_error_goes_to_the_plugins_inner_first_until_one_takes_it() -> None:
    answer = client.get("/leaf/leaf?leaf+raises&leaf+class+handles&root+handles")
    assert (answer.status, answer.text) == (418, "leaf class handled ZeroDivisionError")
    assert traced(answer) == [*ALL[:7], "endpoint error", "leaf class error", "leaf class out", "root out"]


def test_what_a_plugin_raises_goes_to_itself_and_those_around_it() -> None:
    answer = client.get("/leaf/leaf?leaf+class+raises&root+handles")
    assert answer.text == "root handled KeyError"
    assert traced(answer) == ["root in", "leaf class in", "leaf class error", "root error", "root out"]


# --- handlers ---


class InnerAPI(api.API):
    @api.get
    def fails(self, kind: str) -> Any:
        raise {"key": KeyError, "lookup": LookupError, "value": ValueError, "type": TypeError}[kind]("because")

    @api.handle("*", LookupError)
    def general(self, error: Error) -> Any:
        return f"inner general {error.type.__name__} {error.status} {error.message}"

    @api.handle("*", KeyError)
    def specific(self, error: Error, leave: bool = False, instead: bool = False) -> Any:
        if instead:
            raise ValueError("instead")
        return None if leave else "inner specific"


class OuterAPI(api.API):
    inner: InnerAPI

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        if "outer" in request.query:
            raise exceptions.Unauthorized("not you")

    @api.handle("*")
    def everything(self, error: Error) -> Any:
        return Response(f"outer {error.type.__name__}: {error.message}", error.status)

    @api.handle(InnerAPI.fails, ValueError)
    def naming(self, error: Error) -> Any:
        error.throw()


outer = Client(OuterAPI)


def test_the_nearest_handler_is_asked_and_of_one_class_the_most_specific() -> None:
    assert outer.get("/inner/fails?kind=key").text == "inner specific"
    assert outer.get("/inner/fails?kind=lookup").text == "inner general LookupError 500 because"
    assert outer.get("/inner/fails?kind=value").text == "outer ValueError: because"


def test_a_handler_leaves_an_error_to_the_next_or_replaces_it() -> None:
    assert outer.get("/inner/fails?kind=key&leave=1").text == "inner general KeyError 500 'because'"
    assert outer.get("/inner/fails?kind=key&instead=1").text == "outer ValueError: instead"


def test_what_the_request_gets_wrong_is_an_error_like_any_other() -> None:
    answer = outer.get("/inner/fails")
    assert (answer.status, answer.text) == (422, "outer UnprocessableEntity: ")


class SharingAPI(api.API):
    size: int = request_of.QueryParam()

    @api.get
    def together(self, number: int) -> Any:
        return [self.size, number]

    @api.get
    def apart(self, number: int) -> Any:
        return [self.size, number]

    @api.before(apart)
    def sized(self) -> Any:
        return "small" if self.size < 3 else None

    @api.after("*")
    def known(self, response: Response) -> None:
        response.headers.append(("X-Size", str(self.size)))


class AroundSharingAPI(api.API):
    sharing: SharingAPI

    @api.before("*")
    def first(self) -> None: ...

    @api.handle("*", exceptions.UnprocessableEntity)
    def named(self, error: Error) -> Any:
        return [each["name"] for each in error.exception.errors]  # type: ignore[attr-defined]


def test_parameters_of_a_class_are_bound_before_its_hooks_or_with_those_of_its_endpoint() -> None:
    sharing = Client(AroundSharingAPI)
    assert sharing.get("/sharing/together?size=a&number=b").json == ["size", "number"]
    assert sharing.get("/sharing/apart?size=a&number=b").json == ["size"]
    assert sharing.get("/sharing/apart?size=2&number=b").text == "small"
    assert sharing.get("/sharing/apart?size=4&number=b").json == ["number"]
    for path in ("together", "apart"):
        answer = sharing.get(f"/sharing/{path}?size=4&number=5")
        assert (answer.json, answer.headers["X-Size"]) == ([4, 5], "4")


class CountingAPI(api.API):
    """Counts the calls of its endpoint; its after hook takes parameters."""

    called: list[str] = []

    @api.post
    def counted(self, name: str) -> Any:
        self.called.append(name)
        return name

    @api.before(counted)
    def first(self, instead: str = "", refused: bool = False) -> Any:
        if refused:
            raise exceptions.Unauthorized("first")
        return instead or None

    @api.after(counted)
    def sized(self, response: Response, size: int, words: list[str] = request_of.BodyParam()) -> Any:
        return [response.result, size, words]

    @api.after(counted)
    async def marked(self, response: Response) -> None:
        response.headers.append(("X-Mark", "1"))


def test_an_endpoint_does_not_run_where_the_parameters_of_an_after_hook_do_not_convert() -> None:
    counting, body = Client(CountingAPI), b'{"words": ["a"]}'
    CountingAPI.called.clear()
    for wrong in ("size=a", "instead=b&size=a", ""):
        answer = counting.post(f"/counted?name=n&{wrong}", body)
        assert (answer.status, [each["name"] for each in answer.json["errors"]]) == (422, ["size"])
    answer = counting.post("/counted?name=n&size=4", b'{"words": 4}')
    assert (answer.status, [each["name"] for each in answer.json["errors"]]) == (422, ["words"])
    assert counting.post("/counted?name=n&size=a&refused=1", body).status == 401
    assert CountingAPI.called == []
    assert counting.post("/counted?name=n&instead=b&size=4", body).json == ["b", 4, ["a"]]
    assert CountingAPI.called == []
    answer = counting.post("/counted?name=n&size=4", body)
    assert (answer.json, answer.headers["X-Mark"]) == (["n", 4, ["a"]], "1")
    assert set(CountingAPI.called) == {"n"}


# --- kinds of functions ---


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


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("X-One", "a\r\nX-Two: b", (500, "ValueError")),
        ("Content-Length", "99", (200, "5")),
        ("Content-Type", "text/html", (200, "text/html")),
    ],
)
@pytest.mark.parametrize("by", ["hook", "plugin"])
def test_headers_that_a_hook_adds_are_looked_at_as_those_of_any_response(
    name: str, value: str, answer: tuple[int, str], by: str
) -> None:
    class Adding(api.Plugin):
        def process_response(self, response: Response) -> None:
            response.headers.append((name, value))

    class PlainAPI(api.API):
        @api.get
        def hello(self) -> str:
            return "hello"

    class HookedAPI(PlainAPI):
        @api.after("*")
        def add(self, response: Response) -> None:
            response.headers.append((name, value))

    got = Client(HookedAPI if by == "hook" else Adding()(PlainAPI)).get("/hello")
    assert got.status == answer[0]
    assert answer[1] in (got.headers.get(name) or got.json["detail"])


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


# --- inheritance ---


class BaseAPI(api.API):
    @Told("base")
    @api.get
    def shared(self) -> str:
        return "base"

    @api.before(shared)
    def guard(self) -> None:
        trace(self, "base guard")


class SubAPI(BaseAPI):
    def guard(self) -> None:
        trace(self, "sub guard")

    @api.get
    def other(self) -> str:
        return "other"

    @api.before(other)
    def another(self) -> Any:
        return self.request.context.get("trace", "unguarded")


def test_hooks_are_inherited_and_an_override_takes_its_place() -> None:
    sub = Client(SubAPI)
    assert traced(sub.get("/shared")) == ["base in", "sub guard", "base out"]
    assert sub.get("/other").text == "unguarded"


# --- declarations ---


def test_a_hook_around_nothing_is_refused() -> None:
    class LonelyAPI(api.API):
        @api.get
        def hello(self) -> None: ...

        @api.before("hallo")
        def guard(self) -> None: ...

    class OtherAPI(api.API):
        @api.get
        def hello(self) -> None: ...

        @api.after(LonelyAPI.hello)
        def late(self, response: Response) -> None: ...

    with pytest.raises(exceptions.DeclarationError, match=r"LonelyAPI\.guard is @api.before of hallo"):
        compile_routes(endpoints(LonelyAPI))
    with pytest.raises(exceptions.DeclarationError, match=r"OtherAPI\.late is @api.after of .*LonelyAPI\.hello"):
        compile_routes(endpoints(OtherAPI))


class EmptyAPI(api.API):
    @api.before("*")
    def guard(self) -> None: ...


class AroundAPI(api.API):
    empty: EmptyAPI

    @api.get
    def hello(self) -> None: ...


def test_a_hook_of_a_class_without_endpoints_is_refused() -> None:
    class InheritedAPI(EmptyAPI):
        @api.get
        def hello(self) -> None: ...

    for root in (EmptyAPI, AroundAPI):
        with pytest.raises(exceptions.DeclarationError, match=r"EmptyAPI\.guard is @api.before, but .*has no endpoint"):
            compile_routes(endpoints(root))
    compile_routes(endpoints(InheritedAPI))


def test_a_plugin_or_cors_of_what_is_no_endpoint_is_refused() -> None:
    for decorator in (Told("x"), api.CORS("*")):

        class ForgottenAPI(api.API):
            @api.get
            def hello(self) -> None: ...

            @decorator
            def helper(self) -> None: ...

        with pytest.raises(exceptions.DeclarationError, match=r"ForgottenAPI\.helper has a plugin or CORS"):
            compile_routes(endpoints(ForgottenAPI))


def test_a_hook_takes_no_body_of_a_get() -> None:
    class OuterAPI(api.API):
        inner: LeafAPI

        @api.before("*")
        def guard(self, name: str = request_of.BodyParam()) -> None: ...

    class SharedAPI(api.API):
        inner: LeafAPI
        name: str = request_of.BodyParam()

        @api.before("*")
        def guard(self) -> None: ...

    for root, name in ((OuterAPI, r"OuterAPI\.guard"), (SharedAPI, "SharedAPI")):
        with pytest.raises(exceptions.DeclarationError, match=rf"{name}, around .*LeafAPI.*: parameter 'name'"):
            compile_routes(endpoints(root))


def test_a_bare_decorator_is_refused() -> None:
    class BareAPI(api.API):
        @api.get
        def hello(self) -> None: ...

        @api.before
        def guard(self) -> None: ...

    with pytest.raises(exceptions.DeclarationError, match=r"BareAPI\.guard is a bare @api\.before"):
        compile_routes(endpoints(BareAPI))


def test_a_function_that_is_no_hook_of_an_instance_is_refused() -> None:
    def generated(self: Any) -> Any:
        yield self

    for function, message in ((lambda: None, "takes no self"), (generated, "is a generator")):
        root = type("OddAPI", (api.API,), {"hello": vars(RootAPI)["plain"], "odd": api.before("*")(function)})
        with pytest.raises(exceptions.DeclarationError, match=rf"OddAPI\.odd {message}"):
            compile_routes(endpoints(root))
    root = type("OddAPI", (api.API,), {"hello": vars(RootAPI)["plain"], "odd": staticmethod(api.before("*")(traced))})
    with pytest.raises(exceptions.DeclarationError, match=r"OddAPI\.odd is a static or class method"):
        compile_routes(endpoints(root))
    del traced.__hooks__  # type: ignore[attr-defined]


def test_a_hook_that_does_not_take_what_it_is_given_is_refused() -> None:
    class NarrowAPI(api.API):
        @api.get
        def hello(self) -> None: ...

        @api.handle("*")
        def wrong(self) -> None: ...

    class MarkedAPI(api.API):
        @api.get
        def hello(self) -> None: ...

        @api.after("*")
        def wrong(self, token: str = request_of.HeaderParam) -> None: ...

    with pytest.raises(exceptions.DeclarationError, match=r"NarrowAPI\.wrong is @api\.handle: its first parameter"):
        compile_routes(endpoints(NarrowAPI))
    with pytest.raises(
        exceptions.DeclarationError, match=r"MarkedAPI\.wrong is @api\.after: .*'token' is sent by nobody"
    ):
        compile_routes(endpoints(MarkedAPI))


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda: api.before()(traced), "names no endpoint"),
        (lambda: api.handle(KeyError)(traced), "names no endpoint"),
        (lambda: api.before(KeyError), "takes no class but an API class"),
        (lambda: api.before(5), "takes endpoints, API classes and texts, not 5"),
        (lambda: api.before("*")(RootAPI.plain), "is an endpoint"),
        (lambda: api.get(LeafAPI.before_leaf), "is a hook"),
        (lambda: api.after("*")(5), "decorates a function"),
        (lambda: api.Plugin()(RootAPI), "defines none of"),
        (lambda: Deaf()(RootAPI), "the plugin Deaf: process_request is called with one argument"),
        (lambda: Told("x")(5), "decorates an API class or an endpoint"),
        (lambda: Told("x")(dict), "decorates an API class or an endpoint"),
        (lambda: api.CORS("*")(dict), "decorates an API class or an endpoint"),
        (lambda: api.CORS("https://a.example/"), "is no origin"),
        (lambda: api.CORS([]), "lists no origin"),
        (lambda: api.CORS(5), "is a text or several"),
        (lambda: api.CORS("*", allow_headers="a b"), "no name of a header"),
        (lambda: api.CORS("*", max_age=-1), "is a number of seconds"),
        (lambda: api.CORS("*", allow_credentials=1), "True or False"),
        (lambda: api.CORS("*", allow_credentials=True)(RootAPI), "@api.CORS of RootAPI: browsers send no credentials"),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(declare: Any, message: str) -> None:
    with pytest.raises((TypeError, ValueError, exceptions.DeclarationError), match=message):
        declare()
