"""Hooks of clients: what they may change, their order, those of bases, mounts and plugins (CLIENT-g14, g19 to g25)."""

from __future__ import annotations

from typing import Any

import pytest
from peer import Peer, answer
from style import Style

from utilmeta.core import api, request
from utilmeta.core.cli import Aborted, ArgumentError, Client, ClientRequest
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import DeclarationError


class Item(Response):
    result: int


@pytest.mark.parametrize("hooks_await", [False, True])
def test_the_order_of_hooks(style: Style, peer: Peer, hooks_await: bool) -> None:
    told: list[str] = []

    def hook(name: str) -> Any:
        def plain(self: Any, given: Any) -> None:
            told.append(f"{name} {type(given).__name__}")

        async def awaited(self: Any, given: Any) -> None:
            plain(self, given)

        return awaited if hooks_await else plain

    class Hooked:
        @api.get("x")
        def item(self, id: int = 0) -> Item: ...

        @api.get("y")
        def other(self) -> Item: ...

        first = api.before(item)(hook("before"))
        every = api.before("*")(hook("every"))
        last = api.after("item")(hook("after"))
        error = api.handle(item, ValueError)(hook("handle"))
        wrong = api.handle(item, KeyError)(hook("never"))
        process_request = hook("process_request")
        process_response = hook("process_response")
        handle_error = hook("handle_error")

    client = style.client(Hooked, peer.url)
    peer.on("/x", answer(1))
    peer.on("/y", answer(1))
    if hooks_await and not style.awaits:
        with pytest.raises(DeclarationError, match="async"):
            client.item()
        return
    style.call(client.item)
    before = ["before ClientRequest", "every ClientRequest", "process_request ClientRequest"]
    assert told == [*before, "process_response Response", "after Item"]
    told.clear()
    style.call(client.other)
    assert told == [*before[1:], "process_response Response"]
    told.clear()
    style.request(client, "GET", "z")
    assert told == [*before[1:], "process_response Response"]
    told.clear()
    peer.on("/x", answer("no number"))
    with pytest.raises(Exception, match="no Item"):
        style.call(client.item)
    assert told == [*before, "process_response Response", "handle_error Error"]


def test_hooks_change_the_request(style: Style, peer: Peer) -> None:
    class Changed:
        @api.post("x")
        def item(self, data: dict = request.Body) -> Response: ...

        @api.before(item)
        def sign(self, request: ClientRequest) -> None:
            request.headers["X-Signed"] = len(request.data)
            request.query["at"] = [1, 2]

        def process_request(self, request: ClientRequest) -> None:
            request.method = "PUT"
            request.url += "/y"
            request.cookies["a"] = "b"
            request.data = [request.data]
            del request.headers["content-type"]

    style.call(style.client(Changed, peer.url).item, {"a": 1})
    assert peer.asked == ["PUT /x/y?at=1&at=2"]
    assert (peer.last.header("x-signed"), peer.last.header("cookie"), peer.last.json) == ("1", "a=b", [{"a": 1}])


def test_a_hook_may_give_another_request_or_the_answer(style: Style, peer: Peer) -> None:
    class Given:
        answered = False

        @api.get("x")
        def item(self) -> Response: ...

        @api.before(item)
        def first(self, request: ClientRequest) -> Any:
            if self.answered:
                return Response({"by": "before"})
            return ClientRequest("GET", request.url + "y")

        @api.before(item)
        def second(self, request: ClientRequest) -> None: ...

        def process_response(self, response: Response) -> Any:
            if response.data == "again":
                return ClientRequest("POST", f"{response.request.url}/again")
            return None

    client = style.client(Given, peer.url)
    peer.on("/xy", answer("again"))
    assert style.call(client.item).status == 200
    assert peer.asked == ["GET /xy", "POST /xy/again"]
    client.answered = True
    assert style.call(client.item).result == {"by": "before"}
    assert len(peer.received) == 2


def test_requests_that_hooks_send_again_have_a_bound(style: Style, peer: Peer) -> None:
    class Endless:
        def process_response(self, response: Response) -> Any:
            return response.request

    with pytest.raises(Aborted, match="more than 20 times"):
        style.request(style.client(Endless, peer.url), "GET", "x")
    assert len(peer.received) == 21


def test_handle_error_sends_again_or_answers(style: Style, peer: Peer) -> None:
    class Handled:
        @api.get("x")
        def item(self) -> Item: ...

        @api.get("y")
        def other(self) -> Item: ...

        @api.handle(other, Aborted)
        def aborted(self, error: Any) -> Any:
            return Response({"by": type(error.exception).__name__}, error.request and 599)

        def handle_error(self, error: Any) -> Any:
            return error.request if isinstance(error.exception, Aborted) else None

    client = style.client(Handled, peer.url)
    peer.on("/x", lambda sock: None, lambda sock: None, answer(5))
    peer.on("/y", lambda sock: None)
    assert style.call(client.item).result == 5
    assert len(peer.received) == 3
    found = style.call(client.other)
    assert (found.status, found.result) == (599, {"by": "Aborted"})


def test_the_response_of_an_error_may_be_the_answer(style: Style, peer: Peer) -> None:
    class Kept:
        @api.get("x")
        def item(self) -> Item: ...

        def handle_error(self, error: Any) -> Any:
            return getattr(error.exception, "response", None)

    peer.on("/x", answer({"no": "number"}, 409), answer(5))
    client = style.client(Kept, peer.url)
    found = style.call(client.item)
    assert (type(found), found.status, found.data) == (Response, 409, {"no": "number"})
    assert style.call(client.item).result == 5


@pytest.mark.parametrize("value", [None, False, 0, "", [1]])
def test_what_an_after_hook_returns_is_the_answer_unless_it_is_none(style: Style, peer: Peer, value: Any) -> None:
    class After:
        @api.get("x")
        def item(self) -> Item: ...

        @api.after(item)
        def last(self, response: Any) -> Any:
            return value

    peer.on("/x", answer(5))
    found = style.call(style.client(After, peer.url).item)
    assert (found.result == 5) if value is None else (found is value)


def test_an_error_of_a_hook_is_handled_or_raised(style: Style, peer: Peer) -> None:
    class Raising:
        @api.get("x")
        def item(self) -> Response: ...

        @api.after(item)
        def broken(self, response: Response) -> None:
            raise KeyError("secret")

        @api.handle("*", LookupError)
        def lookup(self, error: Any) -> Any:
            return Response(error.type.__name__) if handles else None

    handles = True
    client = style.client(Raising, peer.url)
    assert style.call(client.item).result == "KeyError"
    handles = False
    with pytest.raises(KeyError):
        style.call(client.item)


def test_a_function_with_a_body_gives_what_its_body_gives(style: Style, peer: Peer) -> None:
    class Custom:
        @api.get("x")
        def item(self, id: int, _times: int = 1) -> Item:
            if id < 0:
                return style.sender(self)("GET", "other", query={"times": _times})  # type: ignore[return-value]
            return None if id else 0  # type: ignore[return-value]

    client = style.client(Custom, peer.url)
    peer.on("/other", answer(7))
    peer.on("/x", answer(8))
    assert style.call(client.item, -1, _times="as it is").result == 7
    assert style.call(client.item, 1).result == 8
    assert style.call(client.item, "0") == 0
    assert peer.asked == ["GET /other?times=as+it+is", "GET /x?id=1"]


class Base(Client):
    @api.get("item/{id}")
    def item(self, id: int) -> Response: ...

    @api.before(item)
    def count(self, request: ClientRequest) -> None:
        request.headers["X-Count"] = "base"


class Overriding(Base):
    @api.get("new/{id}")
    def item(self, id: int) -> Response:
        return super().item(id=id + 1)

    def count(self, request: ClientRequest) -> None:
        request.headers["X-Count"] = "overridden"


class Plainly(Base):
    def item(self, id: int) -> Response:
        return super().item(id + 2)


class Mixin:
    @api.get
    def mixed(self) -> Response: ...


class Mixed(Mixin, Base):
    renamed = api.get("renamed")(lambda self: None)


def test_subclasses_override_and_ask_their_bases(peer: Peer) -> None:
    Overriding(peer.url).item(1)
    assert (peer.asked, peer.last.header("x-count")) == (["GET /item/2"], "overridden")
    Plainly(peer.url).item(1)
    assert (peer.asked[1:], peer.last.header("x-count")) == (["GET /item/3"], "base")
    mixed = Mixed(peer.url)
    mixed.mixed()
    mixed.renamed()
    mixed.item(1)
    assert peer.asked[2:] == ["GET /mixed", "GET /renamed", "GET /item/1"]


class Below(Client):
    token = "inner"

    @api.get
    def deep(self, region: str = request.PathParam) -> Response: ...

    @api.before("*")
    def inner(self, request: ClientRequest) -> None:
        request.headers["X-Tokens"] = f"{request.headers.get('X-Tokens')}, {self.token}"


class Middle(Client):
    below: Below = api.route("regions/{region}")


@api.route("else")
class Elsewhere(Client):
    @api.get("/")
    def root(self) -> Response: ...


class Top(Client):
    token = "outer"

    def process_request(self, request: ClientRequest) -> None:
        request.headers["X-Process"] = self.token

    middle: Middle
    elsewhere: Elsewhere

    @api.before(Middle)
    def outer(self, request: ClientRequest) -> None:
        request.headers["X-Tokens"] = self.token


def test_mounted_clients_are_asked_at_their_routes_with_hooks_of_both(peer: Peer) -> None:
    top = Top(f"{peer.url}/api", base_query={"a": 1}, append_slash=True)
    top.middle.below.deep(region="eu west")
    assert (peer.last.target, peer.last.header("x-tokens")) == (
        "/api/middle/regions/eu%20west/deep/?a=1",
        "outer, inner",
    )
    assert peer.last.header("x-process") == "outer"
    top.elsewhere.root()
    assert (peer.last.target, peer.last.header("x-tokens")) == ("/api/else/?a=1", None)
    top.elsewhere.get("more", query={"b": 2})
    assert peer.last.target == "/api/else/more/?a=1&b=2"
    with pytest.raises(ArgumentError, match="'region'"):
        top.middle.below.deep()
    with pytest.raises(DeclarationError, match=r"Below\.deep"):
        Below(peer.url)


def test_a_client_cannot_be_mounted_in_itself_and_an_api_is_no_client() -> None:
    class Itself(Client):
        pass

    Itself.__annotations__ = {"itself": Itself}
    with pytest.raises(DeclarationError, match=r"Itself\.itself.*within itself"):
        Itself("http://127.0.0.1")
    url = {"__annotations__": {"other": type("Other", (Client,), {})}, "other": api.route("http://127.0.0.1/v1")}
    with pytest.raises(DeclarationError, match=r"Away\.other.*URL"):
        type("Away", (Client,), url)("http://127.0.0.1")
    cls = type("Holder", (Client,), {"__annotations__": {"other": api.API}})
    with pytest.raises(DeclarationError, match=r"Holder\.other.*no client"):
        cls("http://127.0.0.1")


def test_plugins_are_around_clients_functions_and_mounts(style: Style, peer: Peer) -> None:
    class Told(api.Plugin):
        def __init__(self, name: str) -> None:
            super().__init__(name=name)
            self.name = name

        def process_request(self, request: Any, api: Any) -> None:
            told.append(f"{self.name} {type(api).__name__}")

        def process_response(self, response: Any) -> None:
            told.append(f"{self.name} {response.status}")

    class Function:
        @api.get("x")
        @Told("function")
        def item(self) -> Response: ...

    told: list[str] = []
    inner = Told("inner")(style.declare(Function))
    outer = Told("outer")(type("Outer", (Client,), {"__annotations__": {"function": inner}}))
    style.call(style.client(outer, peer.url).function.item)
    assert told == ["outer Outer", "inner Function", "function Function", "function 200", "inner 200", "outer 200"]


@pytest.mark.parametrize("name", ["get", "request", "async_post", "options"])
def test_a_request_function_is_not_named_like_a_built_in_one(name: str) -> None:
    def function(self: Any) -> None: ...

    with pytest.raises(DeclarationError, match=rf"Wrong\.{name}"):
        type("Wrong", (Client,), {name: api.get("x")(function)})
    mixin = type("Mixin", (), {name: api.get("x")(lambda self: None)})
    for bases in ((mixin, Client), (Client, mixin)):
        with pytest.raises(DeclarationError, match=rf"Wrong\.{name}"):
            type("Wrong", bases, {})
