"""Whole sets: a query, headers or cookies as one parameter, whatever its model is made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

import msgspec
import pytest
from fake import Client
from pydantic import BaseModel, Field

from utilmeta.core import api, request
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.plan import compile_routes
from utilmeta.core.request.schemas.msgspec_guard import compile_guard
from utilmeta.utils.exceptions import DeclarationError


class Page(BaseModel):
    tag: list[int] = []
    size: int = Field(alias="page[size]", ge=1)


@dataclass
class Point:
    x: int
    y: int = 0


class Named(TypedDict):
    name: str


class Client_(msgspec.Struct):
    user_agent: str
    accept: list[str]
    key: str = msgspec.field(name="X-Key", default="none")


Word = Annotated[str, msgspec.Meta(pattern="[a-z]*[0-9]")]


class Inner(msgspec.Struct):
    word: Word
    inner: Inner | None = None


class Outer(msgspec.Struct):
    long: Annotated[str, msgspec.Meta(pattern="[a-z]*[0-9]", max_length=300)] = "0"
    inner: dict[str, list[Inner]] = {}
    either: tuple[int, Word] | None = None


class Tree(msgspec.Struct):
    name: str
    trees: list[Tree] = []


class Session(BaseModel):
    id: int = Field(alias="session.id", ge=1)
    theme: str = "dark"


class RootAPI(api.API):
    @api.get
    def page(self, query: Page = request.Query, first: int = 0) -> Any:
        return [type(query).__name__, query.tag, query.size, first]

    @api.get
    def point(self, point: Annotated[Point, request.Query]) -> Any:
        return [type(point).__name__, point.x, point.y]

    @api.get
    def named(self, query: Named | None = request.Query(default=None)) -> Any:
        return query

    @api.get
    def everything(self, query: dict[str, list[str]] = request.Query) -> Any:
        return query

    @api.get
    def anything(self, query=request.Query, cookies=request.Cookies(default=None)) -> Any:  # type: ignore[no-untyped-def]
        return [query, cookies]

    @api.get
    def client(self, headers: Client_ = request.Headers) -> Any:
        return [type(headers).__name__, headers.user_agent, headers.accept, headers.key]

    @api.get
    def all_headers(self, headers: dict[str, str] = request.Headers) -> Any:
        return headers

    @api.get
    def session(self, cookies: Session = request.Cookies) -> Any:
        return [type(cookies).__name__, cookies.id, cookies.theme]


client = Client(RootAPI)


def errors(target: str, **headers: str) -> list[tuple[str, str, str]]:
    answer = client.get(target, **headers)
    assert answer.status == 400, answer
    return [(error["in"], error["name"], error["reason"]) for error in answer.json["errors"]]


def test_a_model_takes_the_whole_query_beside_other_parameters() -> None:
    assert client.get("/page?tag=1&tag=2&page[size]=7&page%5Bsize%5D=8&more=x&first=3").json == ["Page", [1, 2], 8, 3]
    found = errors("/page?tag=x&first=y")
    assert [each[:2] for each in found] == [("query", "tag.0"), ("query", "page[size]"), ("query", "first")]
    assert client.get("/point?x=3&z=1").json == ["Point", 3, 0]
    assert errors("/point?y=a")[0] == ("query", "x", "is required")


def test_a_default_holds_where_nothing_of_the_set_is_sent() -> None:
    assert client.get("/named?other=1").json is None
    assert client.get("/named?name=a").json == {"name": "a"}


def test_a_mapping_takes_every_member() -> None:
    assert client.get("/everything?a=1&a=2&b=").json == {"a": ["1", "2"], "b": [""]}
    assert client.get("/anything?a=1&a=2", Cookie="b=3").json == [{"a": "2"}, {"b": "3"}]
    assert client.get("/anything").json == [{}, None]
    assert client.get("/all-headers", X_One="1").status == 404
    assert client.get("/all_headers", X_One="1").json == {"x-one": "1"}


def test_headers_are_found_whatever_their_case_and_named_as_sent() -> None:
    sent = {"USER_AGENT": "me", "Accept": "a, b", "x_KEY": "k"}
    assert client.get("/client", **sent).json == ["Client_", "me", ["a", "b"], "k"]
    assert client.get("/client", User_Agent="me", accept="").json == ["Client_", "me", [""], "none"]
    assert errors("/client") == [("header", "user-agent", "is required"), ("header", "accept", "is required")]


def test_cookies_are_named_by_alias() -> None:
    assert client.get("/session", Cookie="session.id=7; theme=light").json == ["Session", 7, "light"]
    assert [each[:2] for each in errors("/session", Cookie="session.id=0")] == [("cookie", "session.id")]
    assert errors("/session") == [("cookie", "session.id", "is required")]


@pytest.mark.parametrize("marker", [request.Query, request.Headers(), request.Cookies(required=False)])
@pytest.mark.parametrize("annotation", [int, list[Page], str | None])
def test_what_is_neither_a_model_nor_a_mapping_is_refused(marker: Any, annotation: Any) -> None:
    def find(self: Any, given: Any = marker) -> None: ...

    find.__annotations__ = {"given": annotation}
    with pytest.raises(DeclarationError, match=r"find: parameter 'given' takes the whole .* neither a model"):
        compile_routes(endpoints(type("RootAPI", (api.API,), {"find": api.get(find)})))


def test_a_pattern_of_msgspec_takes_texts_of_256_characters_or_as_many_as_it_says() -> None:
    guard = compile_guard(Outer)
    assert guard is not None
    fits, long = "a" * 255 + "0", "a" * 256 + "0"
    taken = {"long": long, "inner": {"a": [{"word": fits, "inner": None}]}, "either": [1, fits]}
    assert list(guard(taken, ())) == []
    refused = {"inner": {"a": [{"word": long, "inner": {"word": fits, "inner": {"word": long}}}]}, "either": [1, long]}
    places = [("inner", "a", 0, "word"), ("inner", "a", 0, "inner", "inner", "word"), ("either", 1)]
    assert [place for place, _ in guard(refused, ())] == places
    assert compile_guard(Tree) is None


# --- a mapping that is a single header ---


def test_a_mapping_in_a_header_is_json() -> None:
    class RootAPI(api.API):
        shared: dict[str, int] | None = request.HeaderParam("X-Shared", default=None)

        @api.get
        def data(self, data: Annotated[Mapping[str, Any], request.HeaderParam]) -> Any:
            return [data, self.shared]

    client = Client(RootAPI)
    assert client.get("/data", data='{"a": [0, null, "\xe9"]}').json == [{"a": [0, None, "\xe9"]}, None]
    assert client.get("/data", data="{}", x_shared='{"b": 1}').json == [{}, {"b": 1}]
    wrong = client.get("/data", data="[]", x_shared='{"b": "x", "c": 0.5}')
    assert {each["name"] for each in wrong.json["errors"]} == {"data", "X-Shared.b", "X-Shared.c"}
    many = client.get("/data", data=f"[{'0,' * 20_000}0]")
    assert (many.status, many.json["errors"][0]["reason"]) == (400, "Input should be valid JSON")


@pytest.mark.parametrize("marker", [request.QueryParam, request.CookieParam])
def test_a_mapping_elsewhere_is_refused(marker: Any) -> None:
    class RootAPI(api.API):
        @api.get
        def data(self, data: dict[str, Any] = marker) -> Any:
            return data

    with pytest.raises(DeclarationError, match=r"RootAPI.data: parameter 'data' is sent as a text"):
        Client(RootAPI)
