"""Hooks, plugins and CORS around endpoints, on a server of threads and on one with a loop alike."""

from __future__ import annotations

from typing import Any

import pytest
from fake import Answer, Client

from utilmeta.core import api
from utilmeta.core import request as request_of
from utilmeta.core.api import Error
from utilmeta.core.request import Request
from utilmeta.core.response import Response
from utilmeta.utils import exceptions


def trace(self: api.API, word: str) -> None:
    self.request.context.setdefault("trace", []).append(word)


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
    assert (answer.status, answer.text) == (400, "outer BadRequest: query kind: is required")


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
        response.headers["X-Size"] = str(self.size)


class AroundSharingAPI(api.API):
    sharing: SharingAPI

    @api.before("*")
    def first(self) -> None: ...

    @api.handle("*", exceptions.BadRequest)
    def named(self, error: Error) -> Any:
        return [each["name"] for each in error.exception.errors]  # type: ignore[attr-defined]


def test_parameters_of_a_class_are_bound_before_its_hooks_or_with_those_of_its_endpoint() -> None:
    sharing = Client(AroundSharingAPI)
    assert sharing.get("/sharing/together?size=a&number=b").json == ["size", "number"]
    assert sharing.get("/sharing/apart?size=a&number=b").json == ["size", "number"]
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
        response.headers["X-Mark"] = "1"


def test_an_endpoint_does_not_run_where_the_parameters_of_an_after_hook_do_not_convert() -> None:
    counting, body = Client(CountingAPI), b'{"words": ["a"]}'
    CountingAPI.called.clear()
    for wrong in ("size=a", "instead=b&size=a", ""):
        answer = counting.post(f"/counted?name=n&{wrong}", body)
        assert (answer.status, [each["name"] for each in answer.json["errors"]]) == (400, ["size"])
    answer = counting.post("/counted?name=n&size=4", b'{"words": 4}')
    assert (answer.status, [each["name"] for each in answer.json["errors"]]) == (400, ["words"])
    assert counting.post("/counted?name=n&size=a&refused=1", body).status == 401
    assert CountingAPI.called == []
    assert counting.post("/counted?name=n&instead=b&size=4", body).json == ["b", 4, ["a"]]
    assert CountingAPI.called == []
    answer = counting.post("/counted?name=n&size=4", body)
    assert (answer.json, answer.headers["X-Mark"]) == (["n", 4, ["a"]], "1")
    assert set(CountingAPI.called) == {"n"}


# --- headers ---


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
            response.headers[name] = value

    class PlainAPI(api.API):
        @api.get
        def hello(self) -> str:
            return "hello"

    class HookedAPI(PlainAPI):
        @api.after("*")
        def add(self, response: Response) -> None:
            response.headers[name] = value

    got = Client(HookedAPI if by == "hook" else Adding()(PlainAPI)).get("/hello")
    assert got.status == answer[0]
    assert answer[1] in (got.headers.get(name) or got.json["detail"])


def test_a_response_that_is_kept_has_each_request_and_nothing_of_an_earlier_one() -> None:
    kept = Response("kept", headers={"X-Own": "1"})
    requests = []

    class Adding(api.Plugin):
        def process_response(self, response: Response) -> None:
            requests.append(response.request)
            response.headers["X-Added"] = "1"

    @Adding()
    class RootAPI(api.API):
        @api.get
        def alone(self) -> Any:
            return kept

        @api.get
        def hooked(self) -> Any:
            return kept

        @api.after(hooked)
        def look(self, response: Response) -> Any:
            return kept if "again" in self.request.query else None

    client = Client(RootAPI)
    for path in ("/alone", "/alone", "/hooked", "/hooked?again=1", "/hooked"):
        assert client.get(path).headers["X-Added"] == "1"
    assert len({id(request) for request in requests}) == len(requests)
    assert kept.fields == [("X-Own", "1")]
    assert not hasattr(kept, "request")


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
