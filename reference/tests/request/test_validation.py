"""Results that are checked against the annotations of their endpoints."""

from __future__ import annotations

import dataclasses
import enum
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar
from uuid import UUID

import pydantic
import pytest
import typing_extensions
from fake import Client, FakeRequest

from utilmeta.core import api
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes
from utilmeta.core.response import Response
from utilmeta.core.response.validation import compile_check
from utilmeta.utils.exceptions import DeclarationError, ResultMismatch

Item = TypeVar("Item")


@dataclasses.dataclass
class Point:
    x: int
    name: str = ""


@dataclasses.dataclass
class Made:
    x: int
    seed: dataclasses.InitVar[int]
    double: int = dataclasses.field(init=False)

    def __post_init__(self, seed: int) -> None:
        self.double = 2 * seed


@dataclasses.dataclass(frozen=True)
class Tree:
    name: str
    parts: list[Tree] = dataclasses.field(default_factory=list)


class Model(pydantic.BaseModel):
    at: datetime = pydantic.Field(alias="When")
    point: Point


class Page(pydantic.BaseModel, Generic[Item]):
    items: list[Item]


class Entry(typing.TypedDict):
    number: int
    note: typing.NotRequired[str] if hasattr(typing, "NotRequired") else str  # type: ignore[valid-type]


class Loose(typing.TypedDict, total=False):
    point: Point


class Pair(NamedTuple):
    left: int


class Colour(enum.Enum):
    RED = "red"


class Plain:
    pass


def check(annotation: Any) -> Callable[[Any], Any]:
    def function(self: Any) -> Any:
        return None

    function.__annotations__["return"] = annotation
    found = compile_check(function, "RootAPI.one")
    assert found is not None
    return found


MODEL = Model(When=datetime(2031, 1, 1), point=Point(1))
NOW = datetime(2031, 2, 3)


@pytest.mark.parametrize(
    ("annotation", "fitting", "failing"),
    [
        (int, [1], {"1": "", True: "", None: ""}),
        (float, [1.5, 1], {"1.5": ""}),
        (None, [None], {1: "", "": ""}),
        (str, ["a"], {b"a": "", 1: ""}),
        (bytes, [b"a"], {"a": ""}),
        (int | None, [None, 1], {"1": ""}),
        (int | str, [1, "1"], {1.5: "int"}),
        (Literal["a"], ["a"], {"b": ""}),
        (Annotated[int, pydantic.Field(ge=3)], [3], {2: ""}),
        (datetime, [NOW], {"2031-02-03T00:00:00": "", date(2031, 1, 1): ""}),
        (date, [date(2031, 1, 1)], {NOW: ""}),
        (Decimal, [Decimal(1)], {"1": "", 1.5: ""}),
        (UUID, [UUID(int=1)], {str(UUID(int=1)): ""}),
        (Colour, [Colour.RED], {"red": ""}),
        (Plain, [Plain()], {1: ""}),
        (Pair, [Pair(1)], {Pair("1"): ""}),  # type: ignore[arg-type]
    ],
)
def test_a_result_is_what_it_is_annotated_as(annotation: Any, fitting: list[Any], failing: dict[Any, str]) -> None:
    one = check(annotation)
    for result in fitting:
        assert one(result) is result
    for result in failing:
        with pytest.raises(ResultMismatch, match=r"^RootAPI\.one returned what its annotation does not allow: "):
            one(result)


BAD = Point("1")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("annotation", "fitting", "failing", "field"),
    [
        (list[int], [1], [1, "2"], "1"),
        (Sequence[int], (1,), (1, None), "1"),
        (tuple[int, ...], (1, 2), (1, "2"), "1"),
        (dict[str, list[int]], {"a": [1]}, {"a": [1, 2.5]}, "a.1"),
        (Point, Point(1), BAD, "x"),
        (list[Point], [Point(1)], [Point(1), BAD], "1.x"),
        (Point | None, Point(1), BAD, "x"),
        (Made, Made(1, 2), Made("1", 2), "x"),  # type: ignore[arg-type]
        (Tree, Tree("a", [Tree("b")]), Tree("a", [1]), "parts.0"),  # type: ignore[list-item]
        (Model, MODEL, Model.model_construct(at="now", point=Point(1)), "at"),
        (Model, MODEL, Model.model_construct(at=NOW, point=BAD), "point.x"),
        (Model, MODEL, Model.model_construct(at=NOW), "point"),
        (Page[int], Page(items=[1]), Page.model_construct(items=["1"]), "items.0"),
        (Entry, {"number": 1, "note": "n"}, {"number": "1"}, "number"),
        (Entry, {"number": 1, "note": "n"}, {"note": "n"}, "number"),
        (dict[str, Entry], {"a": {"number": 1, "note": "n"}}, {"a": {"number": 1, "note": "n", "z": 1}}, "a.z"),
        (Loose, {"point": Point(1)}, {"point": {"x": 1}}, "point"),
        (Loose, {}, {"point": BAD}, "point.x"),
        (Iterable[Point], [Point(1)], [BAD], "0.x"),
    ],
)
def test_a_mismatch_names_its_field_and_not_its_value(annotation: Any, fitting: Any, failing: Any, field: str) -> None:
    one = check(annotation)
    if isinstance(fitting, Page):
        fitting = Page[int](items=fitting.items)
        failing = Page[int].model_construct(items=failing.items)
    assert one(fitting) is fitting
    with pytest.raises(ResultMismatch) as raised:
        one(failing)
    assert f": {field}: " in str(raised.value)
    assert raised.value.__cause__ is None


def test_no_value_is_in_an_error_and_not_every_field() -> None:
    with pytest.raises(ResultMismatch) as raised:
        check(list[int])(["hunter2"] * 100)
    assert "hunter2" not in str(raised.value)
    assert "4: " in str(raised.value)
    assert str(raised.value).endswith("; and 95 more")


def numbers(*values: Any) -> Iterator[Any]:
    yield from values


def test_an_iterator_is_not_read() -> None:
    left = numbers(1, "2")
    assert check(Iterable[int])(left) is left
    assert list(left) == [1, "2"]
    with pytest.raises(ResultMismatch, match="1: "):
        check(Iterable[int])([1, "2"])


def test_a_response_is_admitted_or_its_result_is_checked() -> None:
    one = check(int)
    answer = Response(1, headers={"X": "y"})
    assert one(answer) is answer
    for other in (Response("gone", status=404), Response(status=204), Response(status=205), Response("", status=302)):
        assert one(other) is other
    with pytest.raises(ResultMismatch):
        one(Response("1"))
    anything = Response("1")
    assert check(Response)(anything) is anything
    assert check(Response | None)(anything) is anything
    with pytest.raises(ResultMismatch):
        check(Response)("1")


def test_what_is_not_annotated_is_not_checked() -> None:
    def missing(self: Any):  # type: ignore[no-untyped-def]
        return None

    def whatever(self: Any) -> Any:
        return None

    def never(self: Any) -> typing.NoReturn:
        raise LookupError

    assert [compile_check(function, "") for function in (missing, whatever, never)] == [None, None, None]


class RootAPI(api.API):
    @api.get
    def number(self) -> int:
        return "1"  # type: ignore[return-value]

    @api.get
    async def later(self) -> list[Point]:
        return [Point(1), BAD]

    @api.get
    def right(self) -> dict[str, Point]:
        return {"a": Point(1)}


def test_it_is_a_500_whose_log_names_endpoint_and_field(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(RootAPI, strict_response=True, production=True)
    for path, named in (("/number", "RootAPI.number"), ("/later", "RootAPI.later")):
        for method in ("GET", "HEAD"):
            caplog.clear()
            answer = client(method, path)
            assert answer.status == 500
            assert b"annotation" not in answer.body
            assert named in caplog.text
    assert "1.x: Input should be a valid integer" in caplog.text
    assert client.get("/right").json == {"a": {"x": 1, "name": ""}}


def test_it_costs_nothing_where_it_is_not_asked_for() -> None:
    assert Client(RootAPI).get("/number").text == "1"
    table = compile_routes(endpoints(RootAPI))
    plan, values = table.find(b"/number", "GET")
    assert plan.call(FakeRequest("GET", "/number"), values) == "1"
    assert "check" not in plan.call.__code__.co_names + plan.call.__code__.co_freevars


@pytest.mark.parametrize("annotation", [5, typing_extensions.Unpack[tuple[int]], list[5]])  # type: ignore[valid-type]
def test_an_annotation_that_cannot_be_checked_is_refused_when_the_application_is_built(annotation: Any) -> None:
    def odd(self: Any) -> None:
        return None

    odd.__annotations__["return"] = annotation
    other = type("OtherAPI", (api.API,), {"odd": api.get(odd)})
    with pytest.raises(DeclarationError, match=r"OtherAPI\.odd: its result is annotated with what cannot be checked"):
        compile_routes(endpoints(other), options=PlanOptions(strict_response=True))
    assert compile_routes(endpoints(other))
