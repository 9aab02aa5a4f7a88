"""Types and constraints of parameters that nothing that is sent can become are refused when the service compiles."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import enum
from collections.abc import Callable, Sequence
from fractions import Fraction
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, NewType, get_origin

import msgspec
import pydantic
import pytest
import typing_extensions
from declared import function_named, refusal

from utilmeta.core import api, request
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes


class Colour(enum.Enum):
    RED = "red"


class Point(typing_extensions.TypedDict):
    x: int


def test_a_type_that_cannot_be_validated_is_named() -> None:
    class Opaque: ...

    def thing(self: Any, a: Any) -> None: ...

    thing.__annotations__ = {"a": Opaque}
    message = refusal(function_named("thing", api.get(thing)))
    assert "parameter 'a'" in message


@pytest.mark.parametrize(
    ("annotation", "marker", "words"),
    [
        (str, request.QueryParam(ge=1), "ge=1 is no constraint for str"),
        (list[int], request.QueryParam(lt=1), "lt=1 is no constraint for list"),
        (int | None, request.QueryParam(min_length=1), "min_length=1 is no constraint for int"),
        (datetime.date, request.HeaderParam("X-Day", gt=2000), "gt=2000 is no constraint for date"),
        (Literal[1, 2], request.QueryParam(min_length=1), "min_length=1 is no constraint for int"),
        (Literal["a", "b"], request.QueryParam(ge=1), "ge=1 is no constraint for str"),
        (Colour, request.QueryParam(max_length=1), "max_length=1 is no constraint for Colour"),
        (NewType("Number", int), request.QueryParam(max_length=1), "max_length=1 is no constraint for int"),
        (object, request.QueryParam(ge=1), "ge=1 is no constraint for object"),
        (Point, request.QueryParam(ge={"x": 1}), "ge={'x': 1} is no constraint for Point"),
        (
            list[Annotated[int, pydantic.Field(max_length=3)]],
            request.QueryParam,
            "max_length=3 is no constraint for int",
        ),
        (list[Annotated[int, pydantic.Field(pattern="a")]], request.QueryParam, "pattern='a' is no constraint for int"),
    ],
)
def test_a_constraint_that_no_value_can_have_is_named(annotation: Any, marker: Any, words: str) -> None:
    def thing(self: Any, a: Any = marker) -> None: ...

    thing.__annotations__ = {"a": annotation}
    assert f"thing: parameter 'a': {words}" in refusal(function_named("thing", api.get(thing)))


class Pair(NamedTuple):
    x: int = 0


@dataclasses.dataclass
class Dated:
    x: datetime.date


class Held(pydantic.BaseModel):
    x: int = 0


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (Annotated[tuple[int, ...], pydantic.Field(ge=1)], "ge=1 is no constraint for tuple"),
        (Annotated[collections.deque[int], pydantic.Field(ge=1)], "ge=1 is no constraint for deque"),
        (Annotated[collections.defaultdict[str, int], pydantic.Field(ge=1)], "ge=1 is no constraint for defaultdict"),
        (Annotated[Sequence[int], pydantic.Field(ge=1)], "ge=1 is no constraint for list"),
        (Annotated[Any, pydantic.Field(ge=1)], "ge=1 is no constraint for object"),
        (Annotated[Fraction, pydantic.Field(max_length=1)], "max_length=1 is no constraint for Fraction"),
        (Annotated[Pair, pydantic.Field(ge=1)], "ge=1 is no constraint for Pair"),
        (Annotated[Dated, pydantic.Field(max_length=1)], "max_length=1 is no constraint for Dated"),
        (Annotated[Held, pydantic.Field(ge=1)], "ge=1 is no constraint for Held"),
        (Annotated[IPv4Address, pydantic.Field(max_length=1)], "max_length=1 is no constraint for IPv4Address"),
        (Annotated[Path, pydantic.Field(max_length=1)], "max_length=1 is no constraint for Path"),
        (Annotated[pydantic.AnyUrl, pydantic.Field(ge=1)], "ge=1 is no constraint for AnyUrl"),
        (Annotated[pydantic.AnyUrl, pydantic.Field(max_length=9)], ""),
        (Annotated[collections.defaultdict[str, int], pydantic.Field(max_length=9)], ""),
        (Annotated[str, pydantic.AfterValidator(int), pydantic.Field(ge=1)], ""),
        (Annotated[Any, pydantic.AfterValidator(int), pydantic.Field(ge=1)], ""),
        (Annotated[IPv4Address, pydantic.Field(ge=IPv4Address("127.0.0.1"))], ""),
    ],
    ids=str,
)
def test_a_constraint_that_no_member_can_have_is_named(annotation: Any, words: str) -> None:
    for whole in (list[annotation], dict[str, annotation], pydantic.create_model("Whole", member=(annotation, ...))):

        def thing(self: Any, a: Any = request.BodyParam) -> None: ...

        thing.__annotations__ = {"a": whole}
        root = function_named("thing", api.post(thing))
        if words:
            assert f"thing: parameter 'a': {words}" in refusal(root)
        else:
            compile_routes(endpoints(root), options=PlanOptions(asynchronous=True))


class Inner(pydantic.BaseModel):
    number: int


class Outer(pydantic.BaseModel):
    inner: Inner = pydantic.Field(alias="@inner")
    others: list[Inner] = []


@dataclasses.dataclass
class OuterData:
    rows: list[list[int]]


class OuterKeys(typing_extensions.TypedDict):
    inner: dict[str, int]


class Written(pydantic.BaseModel):
    """What is made of a text all the same."""

    number: int

    @pydantic.model_validator(mode="before")
    @classmethod
    def read(cls, value: Any) -> Any:
        return {"number": value} if isinstance(value, str) else value


class InnerStruct(msgspec.Struct):
    number: int


@pytest.mark.parametrize(
    ("annotation", "marker", "words"),
    [
        (Inner, request.QueryParam, "'value' is sent as a text, in the query"),
        (Inner | None, request.HeaderParam, "'value' is sent as a text, in the header"),
        (InnerStruct, request.CookieParam, "'value' is sent as a text, in the cookie"),
        (dict[str, int], request.QueryParam, "dict[str, int]"),
        (list[Inner], request.QueryParam, "'value' is sent as a text"),
        (list[list[int]], request.QueryParam, "'value' is sent as a text"),
        (tuple[int, dict[str, int]], request.QueryParam, "'value' is sent as a text"),
        (pydantic.RootModel[list[int]], request.QueryParam, "'value' is sent as a text"),
        (Callable[[int], int], request.QueryParam, "'value' is sent as a text"),
        (Outer, request.Query, "'value': its member '@inner' is sent as a text"),
        (OuterData, request.Form, "'value': its member 'rows' is sent as a text"),
        (OuterKeys, request.Headers, "'value': its member 'inner' is sent as a text"),
        (int, Annotated[int, request.QueryParam, request.HeaderParam], "'value' has two markers"),
    ],
)
def test_a_type_that_no_text_becomes_is_named(annotation: Any, marker: Any, words: str) -> None:
    def endpoint(self: Any, value: Any = marker) -> None: ...

    endpoint.__annotations__["value"] = annotation
    if get_origin(marker):
        endpoint.__defaults__, endpoint.__annotations__["value"] = (), marker
    members = {"endpoint": (api.post if marker is request.Form else api.get)(endpoint)}
    message = refusal(type("RootAPI", (api.API,), members))
    assert "endpoint: parameter 'value'" in message
    assert words in message


@pytest.mark.parametrize(
    ("annotation", "marker"),
    [
        (Written, request.QueryParam),
        (Annotated[Inner, pydantic.BeforeValidator(lambda value: {"number": value})], request.HeaderParam),
        (pydantic.Json[Inner], request.CookieParam),
        (Inner | str, request.QueryParam),
        (pydantic.RootModel[int], request.QueryParam),
        (frozenset[bytes], request.CookieParam),
        (tuple[int, ...], request.QueryParam),
        (Any, request.QueryParam),
        (dict[str, list[int]], request.Query),
        (Inner, request.Query),
        (InnerStruct | None, request.Query),
    ],
)
def test_a_type_that_a_text_may_become_is_taken(annotation: Any, marker: Any) -> None:
    def endpoint(self: Any, value: Any = marker) -> None: ...

    endpoint.__annotations__["value"] = annotation
    compile_routes(endpoints(type("RootAPI", (api.API,), {"endpoint": api.get(endpoint)})))


@pytest.mark.parametrize(
    ("annotation", "marker"),
    [
        (str, request.QueryParam(min_length=3, max_length=2)),
        (int, request.QueryParam(ge=3, le=2)),
        (int, request.QueryParam(gt=3, le=3)),
        (int, request.QueryParam(ge=3, lt=3)),
    ],
)
def test_bounds_that_no_value_keeps_are_named(annotation: Any, marker: Any) -> None:
    def endpoint(self: Any, value: Any = marker) -> None: ...

    endpoint.__annotations__["value"] = annotation
    assert "parameter 'value': no value is both" in refusal(
        type("RootAPI", (api.API,), {"endpoint": api.get(endpoint)})
    )
