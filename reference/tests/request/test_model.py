"""Models of every library: what a mapping becomes, and what is said when it does not."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from typing import Annotated, Any, TypedDict

import msgspec
import pydantic
import pytest
from typing_extensions import NotRequired

from utilmeta.core.request.parameters.parameter import offences
from utilmeta.core.request.schemas.model import Model, compile_model
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


KINDS = [Filter, FilterDataclass, FilterDict, FilterStruct]


class Leaf(msgspec.Struct, rename="camel"):
    the_word: str


class Branch(msgspec.Struct):
    leaves: dict[str, list[Leaf]] = {}
    pair: tuple[int, str] | None = None


class Opaque: ...


class Circle(msgspec.Struct, tag=True):
    radius: int


class Square(msgspec.Struct, tag=True):
    side: int


class Nested(TypedDict):
    leaf: Leaf
    other: NotRequired[Leaf]


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
        size = "page[size]" if kind is Filter else "size"
        expected = {"tags": [1, 2], "size": 7} if kind is FilterDict else kind(**{"tags": [1, 2], size: 7})
        assert type(made) is type(expected)
        assert (made if isinstance(made, dict) else vars_of(made)) == (
            expected if isinstance(expected, dict) else vars_of(expected)
        )


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


def test_faults_within_structs_are_told_to_any_depth() -> None:
    branch = compile_model(Branch, "here")
    assert names(branch, {"leaves": {"a": [{"theWord": 1}, {}, 3]}, "pair": [1, 2]}) == [
        "leaves.a.0.theWord",
        "leaves.a.1.theWord",
        "leaves.a.2",
        "pair.1",
    ]


def test_structs_stand_anywhere_in_an_annotation() -> None:
    assert compile_model(Circle | Square, "here").validate({"type": "Square", "side": "2"}) == Square(2)
    assert compile_model(Annotated[Leaf | None, "a note"], "here").validate(None) is None
    nested = compile_model(Nested, "here")
    assert nested.validate({"leaf": {"theWord": "x"}}) == {"leaf": Leaf("x")}
    assert names(nested, {"leaf": {}, "other": {}}) == ["leaf.theWord", "other.theWord"]


@pytest.mark.parametrize("annotation", [Opaque, list[Opaque], 5, Leaf | Branch, "Nowhere"])
def test_what_nothing_can_be_validated_against_is_refused_when_it_is_compiled(annotation: Any) -> None:
    with pytest.raises(DeclarationError, match="here has a type that cannot be validated"):
        compile_model(annotation, "here")


def test_no_library_is_imported_that_nobody_annotates() -> None:
    program = (
        "import sys, utilmeta.core.request.schemas.model as m; m.compile_model(dict[str, int], 'here');"
        "print([name for name in ('msgspec', 'utype') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[]\n"
