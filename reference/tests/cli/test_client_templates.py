"""Templates: results, keys, statuses, headers and Unions of what request functions return (CLIENT-g7 to g13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Optional, TypeVar, Union

import msgspec
import pydantic
import pytest
import utype
from peer import Peer, answer
from style import Style

from utilmeta.core import api
from utilmeta.core.cli import Client, UnexpectedResponse
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import DeclarationError

T = TypeVar("T")


@dataclass
class Point:
    x: int
    y: int = 0


class Model(pydantic.BaseModel):
    size: int


class Struct(msgspec.Struct):
    x: int


class Schema(utype.Schema):
    x: int


class Paging(utype.Schema):
    x_count: int
    x_tags: list[str] = utype.Field(default=[])


class Plain(Response):
    result: Point


class Wrapped(Response[T], Generic[T]):
    result_key = "data"
    message_key = "message"
    state_key = "state"
    count_key = "count"


class Found(Response):
    status = 200
    result: Point


class Missing(Response):
    status = 404
    result_key = "nothing"
    message_key = "message"


class Listed(Response):
    result: list[int]
    headers: Paging


class Items:
    @api.get("x")
    def plain(self) -> Plain: ...

    @api.get("x")
    def given(self) -> Response[Point]: ...

    @api.get("x")
    def model(self) -> Response[Model]: ...

    @api.get("x")
    def struct(self) -> Response[list[Struct]]: ...

    @api.get("x")
    def schema(self) -> Response[Schema]: ...

    @api.get("x")
    def wrapped(self) -> Wrapped[list[Point]]: ...

    @api.get("x")
    def listed(self) -> Listed: ...

    @api.get("x")
    def union(self) -> Union[Found, Missing]: ...  # noqa: UP007

    @api.get("x")
    def first(self) -> Response[int] | Response[list[int]] | Response[Point]: ...

    @api.get("x")
    def fallback(self) -> Found | Missing | Response: ...

    @api.get("x")
    def optional(self) -> Optional[Found]: ...  # noqa: UP045

    @api.get("x")
    def unsaid(self): ...

    @api.get("x")
    def anything(self) -> Any: ...


@pytest.fixture
def items(peer: Peer) -> Any:
    return Style("urllib").declare(Items)(peer.url)


@pytest.mark.parametrize(
    ("name", "body", "kind", "result"),
    [
        ("plain", {"x": 1}, Plain, Point(1)),
        ("given", {"x": "1", "y": 2}, Response, Point(1, 2)),
        ("model", {"size": 0}, Response, Model(size=0)),
        ("struct", [{"x": 1}], Response, [Struct(1)]),
        ("schema", {"x": 1}, Response, Schema(x=1)),
        ("wrapped", {"data": [], "message": "", "state": 0, "count": 0}, Wrapped, []),
        ("first", 0, Response, 0),
        ("first", [1], Response, [1]),
        ("first", {"x": 1}, Response, Point(1)),
        ("optional", {"x": 1}, Found, Point(1)),
        ("unsaid", [], Response, []),
        ("anything", False, Response, False),
    ],
)
def test_a_result_is_converted_to_the_type_of_the_template(
    items: Any, peer: Peer, name: str, body: Any, kind: type, result: Any
) -> None:
    peer.on("/x", answer(body))
    found = getattr(items, name)()
    assert isinstance(found, kind)
    assert (found.result, found.data, found.status, found.error) == (result, body, 200, None)
    assert type(found.result) is type(result)


def test_every_style_reads_templates(style: Style, peer: Peer) -> None:
    peer.on("/x", answer({"data": [{"x": 1}], "message": "told", "state": "done", "count": 7}, 201, ("X-A", "1")))
    found = style.call(style.client(Items, peer.url).wrapped)
    assert (found.result, found.message, found.state, found.count) == ([Point(1)], "told", "done", 7)
    assert (found.status, found.headers["x-a"], found.request.method) == (201, "1", "GET")
    assert isinstance(found, Wrapped)


def test_members_that_the_body_does_not_have_are_none(items: Any, peer: Peer) -> None:
    peer.on("/x", answer({"data": [], "count": 0}))
    found = items.wrapped()
    assert (found.message, found.state, found.count) == (None, None, 0)
    peer.on("/x", answer({"count": 0}), answer([1]), answer(None, 204), answer(b"text", kind="text/plain"))
    for _ in range(4):
        with pytest.raises(UnexpectedResponse, match="no member 'data'"):
            items.wrapped()


def test_headers_are_read_as_the_template_declares(items: Any, peer: Peer) -> None:
    fields = [("X-Count", "3"), ("X-Tags", "a"), ("x-tags", "b, c")]
    peer.on("/x", answer([1], 200, *fields), answer([1], 200, ("X-Count", "many")))
    found = items.listed()
    assert (found.result, found.headers.x_count, found.headers.x_tags) == ([1], 3, ["a", "b", "c"])
    assert ("X-Count", "3") in found.fields
    with pytest.raises(UnexpectedResponse, match=r"its headers.*x_count") as error:
        items.listed()
    assert "many" not in str(error.value)


def test_of_a_union_the_one_of_the_status_is_taken(items: Any, peer: Peer) -> None:
    peer.on("/x", answer({"x": 1}), answer({"message": "gone"}, 404), answer({}, 500))
    assert isinstance(items.union(), Found)
    missing = items.union()
    assert (type(missing), missing.status, missing.message, missing.result) == (Missing, 404, "gone", None)
    with pytest.raises(UnexpectedResponse, match="none is for this status"):
        items.union()


def test_a_plain_response_is_there_where_no_template_parses(items: Any, peer: Peer) -> None:
    peer.on("/x", answer({"y": 1}))
    assert type(items.fallback()) is Response
    assert items.fallback().data == {"y": 1}
    with pytest.raises(UnexpectedResponse):
        items.plain()
    assert type(type(items)(peer.url, fail_silently=True).plain()) is Response


class Base(Client, Generic[T]):
    @api.get("x")
    def one(self) -> Response[T]: ...

    @api.get("x")
    def wrapped(self) -> Wrapped[T]: ...


class Points(Base[Point]):
    pass


def test_a_generic_client_has_the_types_of_its_subclass(peer: Peer) -> None:
    peer.on("/x", answer({"x": 1, "data": {"x": 2}}))
    assert Points(peer.url).one().result == Point(1)
    assert Points(peer.url).wrapped().result == Point(2)


@pytest.mark.parametrize("annotation", [int, dict, "list[Response]", "Point", "Nowhere", 3])
def test_an_annotation_that_is_no_response_is_refused(annotation: Any) -> None:
    def wrong(self: Any) -> None: ...

    wrong.__annotations__["return"] = annotation
    cls = type("Wrong", (Client,), {"wrong": api.get(wrong)})
    with pytest.raises(DeclarationError, match=r"Wrong\.wrong"):
        cls("http://127.0.0.1")
