"""Schemas, data classes, rules and fields of utype, which there is not for Python 3.14."""

from __future__ import annotations

import contextlib
import datetime
import json
import sys
import time
from decimal import Decimal
from typing import Annotated, Any, Literal, TypedDict

import pydantic
import pytest
from fake import Client
from pydantic_core import PydanticCustomError
from typing_extensions import NotRequired

from utilmeta.core import api, request
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.plan import compile_routes
from utilmeta.core.request.parameters.parameter import offences
from utilmeta.core.request.schemas.model import Model, compile_model
from utilmeta.utils.exceptions import DeclarationError

if sys.version_info >= (3, 14):
    pytest.skip("utype 0.6 reads no annotations there", allow_module_level=True)

import utype

from utilmeta.core.request.parameters.utype_rule import MOST_PAIRS, compile_rule, distinct


class FilterSchema(utype.Schema):
    tags: list[int]
    size: int = utype.Field(alias="page[size]", ge=1, default=5)


class FilterDataClass(utype.DataClass):
    tags: list[int]
    size: int = utype.Field(alias="page[size]", ge=1, default=5)


class Inner(utype.Schema):
    number: int = utype.Field(alias="@number", ge=1)


class Outer(utype.Schema):
    all: list[Inner] = utype.Field(default_factory=list)
    one: Inner | None = None


class Age(int, utype.Rule):
    ge = 18


class Nested(TypedDict):
    age: Age
    inner: NotRequired[Inner]


class Diary(utype.Schema):
    at: datetime.datetime | None = None
    pages: list[Diary] = utype.Field(default_factory=list)
    sizes: dict[str, list[int]] = utype.Field(default_factory=dict)
    word: str | int = ""


class RootAPI(api.API):
    @api.post
    def many(self, items: list[Inner] = request.Body) -> Any:
        return len(items)

    @api.get("version/{number}")
    def version(self, number: int = utype.Field(ge=2, default=2)) -> int:
        return number

    @api.get
    def borrowed(
        self,
        number: int = utype.Field(alias="@number", ge=1, le=3),
        word: str = utype.Param("aa", regex="a+", max_length=3),
        made: list[int] = utype.Field(default_factory=list),
        other: Annotated[str, utype.Field(alias="page[other]", required=False)] = "none",
    ) -> Any:
        made.append(number)
        return [number, word, made, other]

    @api.get
    def filter(self, cookies: FilterSchema = request.Cookies) -> Any:
        return [type(cookies).__name__, cookies.tags, cookies.size]


client = Client(RootAPI, limit=1_000_000)


def errors(target: str, of: Client | None = None, **headers: str) -> list[tuple[str, str]]:
    answer = (of or client).get(target, **headers)
    assert answer.status == 400, answer
    return [(error["in"], error["name"]) for error in answer.json["errors"]]


def faults(model: Model, value: Any) -> list[tuple[str, str]]:
    with pytest.raises(pydantic.ValidationError) as refused:
        model.validate(value)
    return [(each["name"], each["reason"]) for each in offences(refused.value, "query", "")]


def names(model: Model, value: Any) -> list[str]:
    return sorted(name for name, _ in faults(model, value))


@pytest.mark.parametrize("kind", [FilterSchema, FilterDataClass])
def test_a_schema_is_made_of_texts_and_of_json(kind: Any) -> None:
    model = compile_model(kind, "here")
    sent = model.members({"tags": ["1", "2"], "page[size]": ["6", "7"], "unknown": ["x"]})
    assert sent == {"tags": ["1", "2"], "page[size]": "7", "unknown": "x"}
    for value in (sent, {"tags": [1, 2], "page[size]": 7}):
        made = model.validate(value)
        assert type(made) is kind
        assert (made.tags, made.size) == ([1, 2], 7)


@pytest.mark.parametrize("kind", [FilterSchema, FilterDataClass])
def test_every_fault_of_a_schema_is_told_by_the_name_that_was_sent(kind: Any) -> None:
    model = compile_model(kind, "here")
    assert names(model, {"page[size]": "0"}) == ["page[size]", "tags"]
    assert ("tags", "is required") in faults(model, {"page[size]": "0"})
    assert "tags.1" in names(model, {"tags": ["1", "x"]})
    assert names(model, 5) == names(model, '{"tags": []}') == [""]


def test_faults_within_schemas_are_told_to_any_depth() -> None:
    assert names(compile_model(Outer, "here"), {"all": [{"@number": 0}, {}, 3], "one": {}}) == [
        "all.0.@number",
        "all.1.@number",
        "all.2",
        "one.@number",
    ]


def test_rules_and_schemas_stand_anywhere_in_an_annotation() -> None:
    assert compile_model(list[Age], "here").validate(["18", 19]) == [18, 19]
    assert names(compile_model(dict[str, list[Age]], "here"), {"ann": ["17"]}) == ["ann.0"]
    assert compile_model(Age | None, "here").validate("18") == 18
    assert compile_model(FilterSchema | None, "here").fields == compile_model(FilterSchema, "here").fields
    nested = compile_model(Nested, "here")
    assert nested.validate({"age": "18"}) == {"age": 18}
    assert names(nested, {"age": 17, "inner": {}}) == ["age", "inner.@number"]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"at": "-inf"}, "at"),
        ({"at": float("inf")}, "at"),
        ({"at": "9" * 400}, "at"),
        ({"pages": [{}, {"at": "1e9_999"}]}, "pages.1.at"),
        ({"pages": '[{"at": "Infinity"}]'}, "pages"),
        ({"pages": ['{"at": "inf"}']}, "pages.0"),
        ({"sizes": {"a": ["1", "1e9999999"]}}, "sizes.a.1"),
        ({"sizes": {"a": "[1e9999999]"}}, "sizes.a"),
        ({"sizes": [{"a": "1e9999999"}]}, "sizes.0.a"),
        ({"sizes": {"a": {"1e9999999": 1}}}, "sizes.a.1e9999999"),
        ({"sizes": {"a": {"1e9999999": ["1e9999999"]}}}, "sizes.a.1e9999999"),
        ({"at": ["inf"]}, "at.0"),
        ({"pages": [[{"at": "inf"}]]}, "pages.0.0.at"),
    ],
)
def test_a_date_without_end_is_refused_wherever_it_is(value: Any, name: str) -> None:
    told = faults(compile_model(Diary, "here"), value)
    assert told[0] == (name, "The number is too large")
    assert all(name.startswith(place) or place.startswith(name) for place, _ in told), told
    told = names(compile_model(Outer, "here"), {"all": [{"@number": "1e999"}, {}, {"@number": "x12e3456"}]})
    assert told == ["all.0.@number", "all.1.@number", "all.2.@number"]
    fine = {"at": "2030-01-02", "pages": [{"word": "info"}], "sizes": {"a": ["1e2"]}, "word": "inf"}
    assert compile_model(Diary, "here").validate(fine).word == "inf"


def test_a_number_without_end_is_refused_before_it_is_converted() -> None:
    assert names(compile_model(list[Age], "here"), ["1e9999999", "9" * 5000, "20"]) == ["0", "1"]
    assert faults(compile_model(FilterSchema, "here"), {"tags": ["1e9999999"]}) == [
        ("tags.0", "The number is too large")
    ]


def test_of_a_large_list_of_schemas_the_first_wrong_one_is_named() -> None:
    right = [{"@number": number} for number in range(1, 5001)]
    assert client.post("/many", json.dumps(right).encode(), "application/json").json == 5000
    answer = client.post("/many", json.dumps([*right, *[{}] * 5000]).encode(), "application/json")
    assert answer.json["errors"] == [{"in": "body", "name": "5000.@number", "reason": "is required"}]


def test_a_schema_takes_a_whole_set() -> None:
    assert client.get("/filter", Cookie="tags=1; page[size]=7").json == ["FilterSchema", [1], 7]
    assert sorted(errors("/filter", Cookie="page[size]=0")) == [("cookie", "page[size]"), ("cookie", "tags")]


def test_a_field_says_alias_default_and_constraints() -> None:
    assert client.get("/borrowed?@number=2&word=aaa&made=5").json == [2, "aaa", [5, 2], "none"]
    assert [client.get("/borrowed?%40number=1&page[other]=x").json for _ in range(2)] == [[1, "aa", [1], "x"]] * 2
    assert errors("/borrowed?word=aaaa") == [("query", "@number"), ("query", "word")]
    assert errors("/borrowed?@number=4&word=b") == [("query", "@number"), ("query", "word")]
    assert client.get("/version").json == 2
    assert errors("/version/1") == [("path", "number")]


class RuledAPI(api.API):
    @api.get("{size}")
    def ruled(
        self,
        size: int = utype.Field(multiple_of=2, le=8),
        price: Decimal = utype.Param(Decimal("9.999"), round=2),
        tags: list[str] = utype.Param(default_factory=list, unique_items=True, max_length=utype.Lax(2)),
        kind: Literal["a", "b"] | None = utype.Param(None, enum=["a"]),
        days: list[datetime.date | int] = utype.Param(default_factory=list, unique_items=True),
    ) -> Any:
        return [size, price, tags, kind, days]


ruled = Client(RuledAPI)


def test_rules_that_no_marker_has_are_asked_of_utype() -> None:
    assert ruled.get("/4").json == [4, "9.999", [], None, []]
    assert ruled.get("/0?price=1.005&tags=b&tags=a&tags=c&kind=a").json == [0, "1.00", ["b", "a"], "a", []]
    assert ruled.get("/2?days=2020-01-01&days=5").json == [2, "9.999", [], None, ["2020-01-01", 5]]
    for target, place, name in (
        ("/3", "path", "size"),
        ("/10", "path", "size"),
        ("/2?price=1e9999", "query", "price"),
        ("/2?tags=a&tags=a", "query", "tags"),
        ("/2?kind=b", "query", "kind"),
        ("/2?days=2020-01-01&days=5&days=5", "query", "days"),
    ):
        assert errors(target, of=ruled) == [(place, name)], target


def test_thousands_of_unique_items_are_compared_in_time() -> None:
    numbers = [*range(20_000)]
    began = time.process_time()
    assert distinct(numbers) == numbers
    assert distinct([*numbers, 5]) == numbers
    assert distinct([None, *numbers]) == [None, *numbers]
    assert time.process_time() - began < 1


def test_items_that_are_equal_are_found_whatever_they_are() -> None:
    nan = float("nan")
    for items, kept in (
        ([1, True, 1.0, 0, False], [1, 0]),  # as utype compares them
        ([1.0, nan, 1.0, nan], [1.0, nan]),
        ([{"a": 1}, {"a": 2}, {"a": True}], [{"a": 1}, {"a": 2}]),
        ([frozenset({1}), frozenset({2}), frozenset({1})], [frozenset({1}), frozenset({2})]),
        ([None, "", 0, None], [None, "", 0]),
        ([], []),
    ):
        assert distinct(items) == kept
        value = list(items)
        with contextlib.suppress(utype.exc.ConstraintError):
            utype.type_transform(value, utype.Rule.annotate(list, constraints={"unique_items": True}))
            assert kept == items, "utype takes what is refused here"
    with pytest.raises(PydanticCustomError, match="too many items"):
        distinct([{"a": number} for number in range(MOST_PAIRS + 1)])
    with pytest.raises(PydanticCustomError, match="hashes"):
        distinct([number * (2**61 - 1) for number in range(1000)])


def test_unique_items_hold_for_what_the_other_rules_have_left() -> None:
    shortened = {"max_length": utype.Lax(2), "unique_items": True}
    assert compile_rule([list], shortened, "x")(["a", "b", "a"]) == ["a", "b"]
    with pytest.raises(PydanticCustomError, match="twice"):
        compile_rule([list], shortened, "x")(["a", "a", "b"])
    fit = compile_rule([list], {"unique_items": utype.Lax(True)}, "x")
    numbers = [*range(20_000)]
    began = time.process_time()
    assert fit([*numbers, *numbers]) == numbers
    assert time.process_time() - began < 1
    assert fit([1, True, {"a": 0}, {"a": 0}]) == [1, {"a": 0}]
    assert compile_rule([list], {"unique_items": False, "max_length": 2}, "x")([1, 1]) == [1, 1]


def asks_for_a_schema(self: Any, value: Inner = request.QueryParam) -> None: ...


def misses_its_type(self: Any, value: int | str | None = utype.Param(None, multiple_of=2)) -> None: ...


@pytest.mark.parametrize(
    ("template", "function", "words"),
    [
        (
            "thing",
            lambda self, a=utype.Field(alias_from=["b"], multiple_of=2): None,
            "'a': alias_from of utype",
        ),
        ("thing", lambda self, a=utype.Field(multiple_of=2): None, "'a': multiple_of of utype is no rule for"),
        ("thing", misses_its_type, "'value': multiple_of of utype is no rule for <class 'str'>"),
        ("{a}", lambda self, a=utype.Field(alias="b"): None, "the route template names it"),
        ("thing", asks_for_a_schema, "'value' is sent as a text, in the query"),
    ],
)
def test_a_field_that_cannot_be_kept_is_named(template: str, function: Any, words: str) -> None:
    root = type("RootAPI", (api.API,), {"thing": api.get(template)(function)})
    with pytest.raises(DeclarationError) as refused:
        compile_routes(endpoints(root))
    assert words in str(refused.value)


def test_a_schema_whose_annotations_utype_did_not_read_is_refused() -> None:
    class Unread(FilterSchema):
        word: str

    Unread.__parser__.annotations.clear()  # as they are on Python 3.14
    with pytest.raises(DeclarationError, match=r"here has a type .*: utype reads no annotations .* Unread\.word"):
        compile_model(Unread, "here")
