"""Models of every library: what a mapping becomes, and what is said when it does not."""

from __future__ import annotations

import dataclasses
import datetime
import subprocess
import sys
from typing import Annotated, Any, TypedDict

import msgspec
import pydantic
import pytest
import utype
from typing_extensions import NotRequired

from utilmeta.core.request.argument import offences
from utilmeta.core.request.model import Model, compile_model
from utilmeta.utils.exceptions import DeclarationError


class Filter(pydantic.BaseModel):
    tags: list[int]
    size: int = pydantic.Field(default=5, alias="page[size]", ge=1)


@dataclasses.dataclass
class FilterDataclass:
    tags: list[int]
    size: Annotated[int, pydantic.Field(alias="page[size]", ge=1)] = 5


class FilterDict(TypedDict):
    tags: list[int]
    size: NotRequired[Annotated[int, pydantic.Field(alias="page[size]", ge=1)]]


class FilterStruct(msgspec.Struct):
    tags: list[int]
    size: Annotated[int, msgspec.Meta(ge=1)] = msgspec.field(name="page[size]", default=5)


class FilterSchema(utype.Schema):
    tags: list[int]
    size: int = utype.Field(alias="page[size]", ge=1, default=5)


class FilterDataClass(utype.DataClass):
    tags: list[int]
    size: int = utype.Field(alias="page[size]", ge=1, default=5)


KINDS = [Filter, FilterDataclass, FilterDict, FilterStruct, FilterSchema, FilterDataClass]


class Leaf(msgspec.Struct, rename="camel"):
    the_word: str


class Branch(msgspec.Struct):
    leaves: dict[str, list[Leaf]] = {}
    pair: tuple[int, str] | None = None


class Inner(utype.Schema):
    number: int = utype.Field(alias="@number", ge=1)


class Outer(utype.Schema):
    all: list[Inner] = utype.Field(default_factory=list)
    one: Inner | None = None


class Age(int, utype.Rule):
    ge = 18


class Opaque: ...


class Circle(msgspec.Struct, tag=True):
    radius: int


class Square(msgspec.Struct, tag=True):
    side: int


class Nested(TypedDict):
    leaf: Leaf
    inner: NotRequired[Inner]


def faults(model: Model, value: Any) -> list[tuple[str, str]]:
    with pytest.raises(pydantic.ValidationError) as refused:
        model.validate(value)
    return [(each["name"], each["reason"]) for each in offences(refused.value, "query", "")]


def names(model: Model, value: Any) -> list[str]:
    return sorted(name for name, _ in faults(model, value))


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_is_made_of_texts_and_of_json(kind: Any) -> None:
    model = compile_model(kind, "here")
    sent = model.members({"tags": ["1", "2"], "page[size]": ["6", "7"], "unknown": ["x"]})
    assert sent == {"tags": ["1", "2"], "page[size]": "7", "unknown": "x"}
    for value in (sent, {"tags": [1, 2], "page[size]": 7}):
        made = model.validate(value)
        expected = {"tags": [1, 2], "size": 7} if kind is FilterDict else kind(**{"tags": [1, 2], alias(kind): 7})
        assert type(made) is type(expected)
        assert (made if isinstance(made, dict) else vars_of(made)) == (
            expected if isinstance(expected, dict) else vars_of(expected)
        )


def alias(kind: Any) -> str:
    return "page[size]" if kind in (Filter, FilterSchema, FilterDataClass) else "size"


def vars_of(made: Any) -> Any:
    return [made.tags, made.size]


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_of_a_model_is_told_by_the_name_that_was_sent(kind: Any) -> None:
    model = compile_model(kind, "here")
    assert names(model, {"page[size]": "0"}) == ["page[size]", "tags"]
    assert ("tags", "is required") in faults(model, {"page[size]": "0"})
    assert "tags.1" in names(model, {"tags": ["1", "x"]})
    assert names(model, 5) == names(model, '{"tags": []}') == [""]


def test_the_fields_of_a_model_say_under_which_names_they_are_sent() -> None:
    class Free(pydantic.BaseModel):
        model_config = pydantic.ConfigDict(populate_by_name=True)
        a: int = pydantic.Field(alias="@a")
        b: str = pydantic.Field(validation_alias=pydantic.AliasChoices("x", pydantic.AliasPath("y", 0)))

    model = compile_model(Free, "here")
    assert [(field.names, field.aliased) for field in model.fields or ()] == [
        (("@a", "a"), True),
        (("x", "y", "b"), True),
    ]
    assert model.validate(model.members({"a": ["1"], "y": ["z", "w"]})) == Free(a=1, b="z")


def test_a_mapping_takes_what_its_values_say() -> None:
    sent = {"a": ["1", "2"]}
    for annotation, value in ((dict[str, int], 2), (dict[str, list[int]], [1, 2]), (Any, "2")):
        model = compile_model(annotation, "here")
        assert model.validate(model.members(sent)) == {"a": value}
    assert compile_model(list[int], "here").fields is None


def test_faults_within_structs_and_schemas_are_told_to_any_depth() -> None:
    branch = compile_model(Branch, "here")
    assert names(branch, {"leaves": {"a": [{"theWord": 1}, {}, 3]}, "pair": [1, 2]}) == [
        "leaves.a.0.theWord",
        "leaves.a.1.theWord",
        "leaves.a.2",
        "pair.1",
    ]
    outer = compile_model(Outer, "here")
    assert names(outer, {"all": [{"@number": 0}, {}, 3], "one": {}}) == [
        "all.0.@number",
        "all.1.@number",
        "all.2",
        "one.@number",
    ]


def test_types_of_other_libraries_stand_anywhere_in_an_annotation() -> None:
    assert compile_model(list[Age], "here").validate(["18", 19]) == [18, 19]
    assert names(compile_model(dict[str, list[Age]], "here"), {"ann": ["17"]}) == ["ann.0"]
    assert compile_model(Age | None, "here").validate("18") == 18
    assert compile_model(Circle | Square, "here").validate({"type": "Square", "side": "2"}) == Square(2)
    assert compile_model(FilterSchema | None, "here").fields == compile_model(FilterSchema, "here").fields
    assert compile_model(Annotated[Leaf | None, "a note"], "here").validate(None) is None
    nested = compile_model(Nested, "here")
    assert nested.validate({"leaf": {"theWord": "x"}}) == {"leaf": Leaf("x")}
    assert names(nested, {"leaf": {}, "inner": {}}) == ["inner.@number", "leaf.theWord"]


class Diary(utype.Schema):
    at: datetime.datetime | None = None
    pages: list[Diary] = utype.Field(default_factory=list)
    sizes: dict[str, list[int]] = utype.Field(default_factory=dict)
    word: str | int = ""


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


def test_a_number_without_end_is_refused_before_utype_converts_it() -> None:
    assert names(compile_model(list[Age], "here"), ["1e9999999", "9" * 5000, "20"]) == ["0", "1"]
    assert faults(compile_model(FilterSchema, "here"), {"tags": ["1e9999999"]}) == [
        ("tags.0", "The number is too large")
    ]


@pytest.mark.parametrize("annotation", [Opaque, list[Opaque], 5, Leaf | Branch, "Nowhere"])
def test_what_nothing_can_be_validated_against_is_refused_when_it_is_compiled(annotation: Any) -> None:
    with pytest.raises(DeclarationError, match="here has a type that cannot be validated"):
        compile_model(annotation, "here")


def test_no_library_is_imported_that_nobody_annotates() -> None:
    program = (
        "import sys, utilmeta.core.request.model as m; m.compile_model(dict[str, int], 'here');"
        "print([name for name in ('msgspec', 'utype') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[]\n"
