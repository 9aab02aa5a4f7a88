"""Private endpoints and classes, and decorators that are given an endpoint in place of a path."""

from __future__ import annotations

from typing import Generic, TypeVar

import pytest
from fake import Client

from utilmeta.core import api
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.plan import compile_routes
from utilmeta.utils.exceptions import DeclarationError


class Leaf(api.API):
    @api.get
    def leaf(self) -> str:
        return "leaf"


@api.route(private=True)
class Hidden(Leaf):
    deep: Leaf

    def get(self) -> str:
        return "hidden"


class Derived(Hidden):
    pass


class Root(api.API):
    hidden: Hidden
    derived: Derived
    named: Leaf = api.route("named", private=True)
    public: Leaf

    @api.get("half/{word}", private=True)
    def shut(self, word: str) -> str:
        return f"shut {word}"

    @api.post("half/{word}")
    def half(self, word: str) -> list[str]:
        return [self.shut(word), self.hidden.get(), self.named.leaf()]

    @api.before(shut)
    def guard(self) -> None:
        raise AssertionError("a call is no request")


def test_what_is_private_has_no_path() -> None:
    client = Client(Root)
    assert client.get("/public/leaf").text == "leaf"
    for path in ("hidden", "hidden/leaf", "hidden/deep/leaf", "derived", "derived/leaf", "named/leaf", "half"):
        assert client.get(f"/{path}").status == 404, path
    assert client.get("/half/a").headers["Allow"] == client("OPTIONS", "/half/a").headers["Allow"] == "OPTIONS, POST"


def test_a_private_function_is_called_without_its_hooks() -> None:
    assert Client(Root)("POST", "/half/a").json == ["shut a", "hidden", "leaf"]


def test_a_private_root_class_answers_nothing() -> None:
    client = Client(Derived)
    assert [client.get(path).status for path in ("/", "/leaf", "/deep/leaf")] == [404, 404, 404]


Item = TypeVar("Item")


@api.route(private=True)
class Crud(api.API, Generic[Item]):
    @api.get
    def read(self, item: Item) -> Item:
        return item


def test_a_private_generic_class_is_private_with_its_types() -> None:
    class Generics(api.API):
        numbers: Crud[int]
        public: Leaf

    client = Client(Generics)
    assert [client.get(path).status for path in ("/numbers/read?item=1", "/public/leaf")] == [404, 200]


def test_a_private_endpoint_is_checked_like_any_other() -> None:
    class Wrong(api.API):
        @api.get("{missing}", private=True)
        def wrong(self) -> None: ...

    with pytest.raises(DeclarationError, match="missing"):
        compile_routes(endpoints(Wrong))


def test_two_private_endpoints_do_not_collide() -> None:
    class Both(api.API):
        @api.get("x", private=True)
        def one(self) -> None: ...

        @api.get("x")
        def other(self) -> str:
            return "other"

    assert Client(Both).get("/x").text == "other"


@pytest.mark.parametrize(("option", "value"), [("private", 1), ("deprecated", None), ("summary", b""), ("tags", ())])
def test_a_wrong_option_of_a_route_is_named(option: str, value: object) -> None:
    with pytest.raises(TypeError, match=option):
        api.route("x", **{option: value})  # type: ignore[arg-type]


class Articles(api.API):
    @api.get
    def get(self) -> str:
        return "get"

    @api.delete(get, summary="all of them")
    def clear(self) -> str:
        return "clear"

    @api.post("{slug}/favorite")
    def like(self, slug: str) -> str:
        return f"like {slug}"

    @api.delete(like)
    def unlike(self, slug: str) -> str:
        return f"unlike {slug}"

    @api.get
    def feed(self) -> str:
        return "feed"

    @api.put(feed, private=True)
    def kept(self) -> None: ...


def test_a_decorator_takes_the_path_of_an_endpoint() -> None:
    client = Client(Articles)
    assert [client(method, "/").text for method in ("GET", "DELETE")] == ["get", "clear"]
    assert [client(method, "/a/favorite").text for method in ("POST", "DELETE")] == ["like a", "unlike a"]
    assert client("OPTIONS", "/feed").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_two_decorators_above_one_function_are_refused_when_the_class_is_made() -> None:
    def both(self: api.API) -> None: ...

    with pytest.raises(TypeError, match="both is an endpoint already; one function answers one method"):
        type("Root", (api.API,), {"both": api.get(api.post(both))})


@pytest.mark.parametrize("decorate", [api.get("x"), api.get("{x}"), api.put("get"), api.delete])
def test_a_function_named_after_a_method_is_at_the_path_of_its_class_alone(decorate: object) -> None:
    def get(self: api.API) -> None: ...

    root = type("Root", (api.API,), {"get": decorate(get)})  # type: ignore[operator]
    with pytest.raises(DeclarationError, match=r"Root\.get answers GET .* give the function another name"):
        compile_routes(endpoints(root))


def test_the_path_of_its_class_is_no_other_path() -> None:
    class Same(api.API):
        @api.get("/")
        def get(self) -> str:
            return "get"

    assert Client(Same).get("/").text == "get"
