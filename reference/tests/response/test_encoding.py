"""Results to JSON."""

from __future__ import annotations

import io
import json
import tempfile
from collections import OrderedDict, UserDict, deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import pytest
from fake import Client
from pydantic import BaseModel, Field, RootModel, SecretStr, computed_field, field_serializer
from pydantic.dataclasses import dataclass as pydantic_dataclass

from utilmeta.conf import Time
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.core.response.encoding import compile_encoder
from utilmeta.core.response.lazy import LazyResult

T = TypeVar("T")
encode = compile_encoder(Time())


def plain(value: Any) -> Any:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(encode(value), parse_constant=refuse)


class Colour(Enum):
    RED = "red"


class Text(str, Enum):
    A = "a"


class Level(IntEnum):
    LOW = 1


@dataclass
class Point:
    x: int
    at: date


@dataclass
class Meeting:
    hour: time
    moments: list[datetime]


class Model(BaseModel):
    at: datetime
    tags: set[str] = set()
    secret: SecretStr = SecretStr("hidden")
    name: str = Field("n", serialization_alias="theName")


DAY = date(2024, 2, 29)
MOMENT = datetime(2024, 2, 29, 13, 5, 7, 999)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (1.5, 1.5),
        ("z\N{SNOWMAN}", "z\N{SNOWMAN}"),
        ((1, [2]), [1, [2]]),
        ({3, 1, 2}, [1, 2, 3]),
        (frozenset({"b", "a"}), ["a", "b"]),
        (deque([1]), [1]),
        (range(1, 3), [1, 2]),
        ({1: 2}.values(), [2]),
        ({"a": 1}.keys(), ["a"]),
        (OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        (UserDict(a=DAY), {"a": "2024-02-29"}),
        (DAY, "2024-02-29"),
        (time(1, 2, 3), "01:02:03"),
        (MOMENT, "2024-02-29 13:05:07"),
        ({"at": [MOMENT], DAY: 1}, {"at": ["2024-02-29 13:05:07"], "2024-02-29": 1}),
        (Point(1, DAY), {"x": 1, "at": "2024-02-29"}),
        ([Meeting(time(1, 2, 3), [MOMENT])], [{"hour": "01:02:03", "moments": ["2024-02-29 13:05:07"]}]),
        (
            [Model(at=MOMENT, tags={"b", "a"})],
            [{"at": "2024-02-29 13:05:07", "tags": ["a", "b"], "secret": "**********", "theName": "n"}],
        ),
        (Decimal("1.10"), "1.10"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ([Colour.RED, Text.A, Level.LOW], ["red", "a", 1]),
        ({Colour.RED: 1, Text.A: 2, UUID(int=0): 3, 4: 4, None: 5, Decimal("6.0"): 6}, None),
        ([float("nan"), {"a": float("inf")}, -float("inf")], [None, {"a": None}, None]),
        (float("nan"), None),
        ([timedelta(seconds=90), Path("a")], ["PT1M30S", "a"]),
        (b"bytes", "bytes"),
    ],
)
def test_a_result_has_one_json(value: Any, expected: Any) -> None:
    if isinstance(value, dict) and Colour.RED in value:
        expected = {"red": 1, "a": 2, str(UUID(int=0)): 3, "4": 4, "null": 5, "6.0": 6}
    assert plain(value) == expected


@pytest.mark.parametrize("value", [object(), b"\xff", {(1, 2): 3}, "\ud800"])
def test_what_has_no_json_is_refused(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        encode(value)


def test_a_circle_is_refused_and_does_not_hang() -> None:
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises((RecursionError, ValueError)):
        encode(circle)


def test_formats_and_zone_are_those_of_time() -> None:
    shaped = compile_encoder(
        Time(time_zone="UTC", date_format="%d.%m.%Y", time_format="%H.%M", datetime_format="%Y-%m-%dT%H:%M:%S%z")
    )
    aware = datetime(2024, 1, 1, 2, 0, tzinfo=timezone(timedelta(hours=3)))
    naive = datetime(2024, 1, 1)
    result = [DAY, time(1, 2), aware, naive, date(33, 1, 2), Point(1, DAY), Meeting(time(1, 2), [naive])]
    midnight = "2024-01-01T00:00:00+0000"
    expected = ["29.02.2024", "01.02", "2023-12-31T23:00:00+0000", midnight, "02.01.0033"]
    expected += [{"x": 1, "at": "29.02.2024"}, {"hour": "01.02", "moments": [midnight]}]
    assert json.loads(shaped(result)) == expected


def test_results_have_the_content_type_of_their_kind() -> None:
    class RootAPI(api.API):
        @api.get("{kind}")
        def one(self, kind: str) -> Any:
            return {
                "text": "t",
                "bytes": b"\xff",
                "none": None,
                "day": DAY,
                "own": Response("<p>", content_type="text/html"),
                "enum": Text.A,
                "model": Model(at=MOMENT),
            }[kind]

    client = Client(RootAPI)
    kinds = {kind: client.get("/" + kind).headers["Content-Type"] for kind in ("text", "bytes", "none", "day", "own")}
    assert kinds == {
        "text": "text/plain; charset=utf-8",
        "bytes": "application/octet-stream",
        "none": "application/json",
        "day": "application/json",
        "own": "text/html",
    }
    assert client.get("/day").text == '"2024-02-29"'
    assert client.get("/enum").text == "a"
    assert client.get("/model").json["at"] == "2024-02-29 13:05:07"


@pytest.mark.parametrize(
    "header", [("X", "a\r\nY: b"), ("X\n", "a"), ("X", True), ("X", "\N{SNOWMAN}"), ("X", "\x80"), ("X", "a\x9f")]
)
def test_a_header_that_would_break_out_of_its_line_is_refused(header: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        Response(headers=[header])


@pytest.mark.parametrize("status", [0, 101, 600, True, "200"])
def test_a_status_that_is_none_is_refused(status: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="status"):
        Response(status=status)


def test_a_struct_of_msgspec_is_an_object_by_alias() -> None:
    msgspec = pytest.importorskip("msgspec")
    inner = msgspec.defstruct("Inner", [("first_name", str)], rename="camel")
    outer = msgspec.defstruct("Outer", [("inner", inner), ("when", date)])
    assert plain(outer(inner("Ada"), date(2031, 2, 3))) == {"inner": {"firstName": "Ada"}, "when": "2031-02-03"}


class Kept(BaseModel):
    model_config = {"arbitrary_types_allowed": True, "ser_json_bytes": "base64"}

    moment: datetime
    days: dict[date, list[date]] = {}
    free: Any = None
    tags: set[date] = set()
    words: set[str] = set()
    data: bytes = b"\xff"
    own: datetime
    secret: str = Field("hidden", exclude=True)

    @field_serializer("own")
    def written(self, own: datetime) -> str:
        return own.isoformat()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def day(self) -> date:
        return self.moment.date()


def test_a_model_is_what_pydantic_writes_but_for_the_dates_it_leaves() -> None:
    other = date(2023, 1, 1)
    kept = Kept(
        moment=MOMENT, own=MOMENT, days={DAY: [DAY]}, tags={DAY, other}, words={"b", "a"}, free={"x": [DAY, {2}]}
    )
    assert plain({"kept": kept})["kept"] == {
        "moment": "2024-02-29 13:05:07",
        "days": {"2024-02-29": ["2024-02-29"]},
        "free": {"x": ["2024-02-29", [2]]},
        "tags": ["2023-01-01", "2024-02-29"],
        "words": ["a", "b"],
        "data": "_w==",
        "own": MOMENT.isoformat(),
        "day": "2024-02-29",
    }


def test_a_text_that_looks_like_a_date_stays() -> None:
    class Text(BaseModel):
        free: Any
        day: date

    assert plain(Text(free="2024-02-29T00:00:00", day=DAY)) == {"free": "2024-02-29T00:00:00", "day": "2024-02-29"}


def test_what_pydantic_writes_for_json_alone_hides_the_rest() -> None:
    class Hidden(BaseModel):
        secret: str
        day: date

        @field_serializer("secret", when_used="json")
        def nothing(self, secret: str) -> None:
            return None

    assert plain(Hidden(secret="s", day=DAY)) == {"secret": None, "day": "2024-02-29"}


def test_a_model_that_asks_for_its_own_names_has_them() -> None:
    class Named(BaseModel):
        model_config = {"serialize_by_alias": False}

        word: str = Field("w", serialization_alias="theWord")

    assert plain(Named()) == {"word": "w"}


def test_models_of_any_shape_are_written() -> None:
    class Root(RootModel[list[date]]):
        pass

    class Extra(BaseModel, extra="allow"):
        pass

    class Generic_(BaseModel, Generic[T]):
        value: T
        real: float = float("nan")

    assert plain([Root([DAY]), Extra(day=DAY), Generic_[date](value=DAY)]) == [  # type: ignore[call-arg]
        ["2024-02-29"],
        {"day": "2024-02-29"},
        {"value": "2024-02-29", "real": None},
    ]


@dataclass
class Marked:
    word: Annotated[str, Field(serialization_alias="theWord")]
    secret: Annotated[str, Field(exclude=True)] = "s"


@pydantic_dataclass
class Account:
    word: str
    secret: str = Field("s", exclude=True)


@dataclass
class Derived(Account):
    more: int = 1


@dataclass
class Odd:
    """Of a type that pydantic has no schema for."""

    word: Annotated[str, Field(exclude=True)]
    other: Unknown


class Unknown:
    pass


def test_a_dataclass_is_what_pydantic_says_of_it_where_it_says_something() -> None:
    assert plain([Marked("w"), Account("w"), Derived("w")]) == [
        {"theWord": "w"},
        {"word": "w"},
        {"word": "w", "more": 1},
    ]
    assert plain(Odd("w", None)) == {"word": "w", "other": None}  # type: ignore[arg-type]


def test_a_struct_of_msgspec_is_what_msgspec_writes_but_for_dates_sets_and_others() -> None:
    msgspec = pytest.importorskip("msgspec")
    fields = [("day", date), ("account", Account), ("words", set[str]), ("raw", msgspec.Raw), ("free", Any, None)]
    whole = msgspec.defstruct("Whole", fields, tag=True)
    listed = msgspec.defstruct("Listed", fields, tag=True, array_like=True)
    given = (DAY, Account("w"), {"b", "a"}, msgspec.Raw(b'{"a":1}'), Kept(moment=MOMENT, own=MOMENT))
    values = ["2024-02-29", {"word": "w"}, ["a", "b"], {"a": 1}, plain(given[-1])]
    assert plain(whole(*given)) == {"type": "Whole", **dict(zip(whole.__struct_fields__, values, strict=True))}
    assert plain(listed(*given)) == ["Listed", *values]
    assert plain(whole(*given[:-1], b"\xff"))["free"] == "/w=="
    unresolved = msgspec.defstruct("Unresolved", [("word", "Nowhere"), ("more", msgspec.UnsetType, msgspec.UNSET)])
    assert plain(unresolved({"b", "a"})) == {"word": ["a", "b"]}


def lazies() -> Sequence[Callable[[], Any]]:
    async def later() -> AsyncIterator[int]:
        yield 1

    async def coroutine() -> None:
        pass

    makers = (lambda: (n for n in (1, 2)), later, coroutine, lambda: map(str, [1]), lambda: io.BytesIO(b"x"))
    return (*makers, lambda: tempfile.TemporaryFile("w+"), tempfile.SpooledTemporaryFile, tempfile.NamedTemporaryFile)


@pytest.mark.parametrize("place", range(8))
def test_what_would_have_to_be_read_is_refused_and_closed(place: int) -> None:
    class Holds(BaseModel):
        free: Any

    for around in (lambda it: it, lambda it: {"a": [it]}, lambda it: Holds(free=it), lambda it: [float("nan"), it]):
        value = lazies()[place]()
        with pytest.raises(LazyResult, match="would have to be read"):
            encode(around(value))
        if hasattr(value, "closed"):
            assert value.closed
    with pytest.raises(LazyResult):
        encode(Marked(n for n in (1, 2)))  # type: ignore[arg-type]


def test_all_that_a_result_would_be_read_from_is_closed() -> None:
    files = [io.BytesIO() for _ in range(3)]
    with pytest.raises(LazyResult):
        encode({"a": files[0], "b": [Point(files[1], DAY)], "c": {"d": (files[2],)}})  # type: ignore[arg-type]
    assert all(file.closed for file in files)


def test_what_a_model_declares_to_be_iterated_is_written() -> None:
    class Iterated(BaseModel):
        numbers: Iterable[int]

    assert plain(Iterated(numbers=[1, 2])) == {"numbers": [1, 2]}
