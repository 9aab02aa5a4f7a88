"""Sets and mappings of values that a client may have chosen for their hashes."""

from __future__ import annotations

import collections
import json
import sys
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, TypedDict

import msgspec
import pydantic
import pytest
import utype

from utilmeta.core.request.schemas.adapter import compile_adapter
from utilmeta.core.request.schemas.hash_collision import TOO_ALIKE, are_too_alike

MODULUS = 2**61 - 1
CHOSEN = [MODULUS * number for number in range(1, 200)]
IDENTIFIERS = [str(uuid.UUID(int=number)) for number in CHOSEN]


class Point(pydantic.BaseModel, frozen=True):
    number: int


class Model(pydantic.BaseModel):
    numbers: set[int] = set()
    inner: list[Model] = []


class Keys(TypedDict):
    numbers: frozenset[int]


def validated(annotation: Any, value: Any) -> Any:
    return compile_adapter(annotation, "it").validate_json(json.dumps(value).encode())


@pytest.mark.parametrize(
    ("annotation", "value", "place"),
    [
        (set[int], CHOSEN, ()),
        (set, CHOSEN, ()),
        (frozenset[Decimal], CHOSEN, ()),
        (set[uuid.UUID], IDENTIFIERS, ()),
        (set[tuple[int, str]], [[number, "a"] for number in CHOSEN], ()),
        (set[frozenset[int]], [[number] for number in CHOSEN], ()),
        (set[Point], [{"number": number} for number in CHOSEN], ()),
        (dict[int, str], {str(number): "a" for number in CHOSEN}, ()),
        (Mapping[uuid.UUID, int], dict.fromkeys(IDENTIFIERS, 1), ()),
        (collections.Counter[int], {str(number): 1 for number in CHOSEN}, ()),
        (Model, {"inner": [{"inner": [{"numbers": CHOSEN}]}]}, ("inner", 0, "inner", 0, "numbers")),
        (list[Keys], [{"numbers": CHOSEN}], (0, "numbers")),
        (set[int] | None, CHOSEN, ()),
    ],
)
def test_values_that_were_chosen_are_refused_where_they_are(
    annotation: Any, value: Any, place: tuple[str | int, ...]
) -> None:
    with pytest.raises(pydantic.ValidationError) as raised:
        validated(annotation, value)
    assert [(error["loc"], error["msg"]) for error in raised.value.errors()] == [(place, TOO_ALIKE)]


class Struct(msgspec.Struct):
    numbers: set[uuid.UUID] = msgspec.field(default_factory=set)
    decimals: dict[Decimal, int] = {}
    inner: list[Struct] = []


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"numbers": IDENTIFIERS}, ("numbers",)),
        ({"numbers": [*IDENTIFIERS, "none"]}, ("numbers",)),
        ({"decimals": dict.fromkeys(map(str, CHOSEN), 1)}, ("decimals",)),
        ({"inner": [{}, {"inner": [{"numbers": IDENTIFIERS}]}]}, ("inner", 1, "inner", 0, "numbers")),
    ],
)
def test_so_are_those_of_msgspec(value: Any, place: tuple[str | int, ...]) -> None:
    with pytest.raises(pydantic.ValidationError) as raised:
        validated(Struct, value)
    assert [(error["loc"], error["msg"]) for error in raised.value.errors()] == [(place, TOO_ALIKE)]
    few = [*IDENTIFIERS[:5], IDENTIFIERS[0]]
    taken = validated(Struct, {"numbers": few, "decimals": {"1": 1, "1.0": 2}, "inner": [{}]})
    assert (len(taken.numbers), taken.decimals, len(taken.inner)) == (5, {Decimal(1): 2}, 1)


class Schema(utype.Schema):
    numbers: set[int] = utype.Field(default_factory=set)
    members: dict[int, int] = utype.Field(default_factory=dict)


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="utype 0.6 reads no annotations there")
def test_so_are_those_of_utype() -> None:
    for name, value in {"numbers": CHOSEN, "members": dict.fromkeys(map(str, CHOSEN), 1)}.items():
        with pytest.raises(pydantic.ValidationError) as raised:
            validated(Schema, {name: value})
        assert [(error["loc"], error["msg"]) for error in raised.value.errors()] == [((name,), TOO_ALIKE)]
    taken = validated(Schema, {"numbers": [1, 1, 2], "members": {"1": 2}})
    assert (taken.numbers, taken.members) == ({1, 2}, {1: 2})


def test_all_others_are_as_they_would_be() -> None:
    large = [*CHOSEN[:5], -1, -2, 2**200, 0]
    assert validated(set[int], large * 30) == {*large}
    assert validated(frozenset[int], [1, 1, 2]) == frozenset({1, 2})
    assert validated(dict[int, str], {"1": "a", "01": "b", "2": "c"}) == {1: "b", 2: "c"}
    assert validated(collections.Counter[int], {"1": 3}) == collections.Counter({1: 3})
    ordered = validated(collections.OrderedDict[int, str], {"2": "a", "1": "b"})
    assert ordered == collections.OrderedDict([(2, "a"), (1, "b")]) and isinstance(ordered, collections.OrderedDict)
    assert validated(Model, {"numbers": [1, 1]}).numbers == {1}
    assert compile_adapter(set[int], "it").texts.validate_python(["1", "2"]) == {1, 2}


@pytest.mark.parametrize(
    ("annotation", "right", "wrong"),
    [
        (Annotated[set[int], pydantic.Field(min_length=2)], [1, 2], [1, 1]),
        (Annotated[frozenset[int], pydantic.Field(max_length=2)], [1, 2, 2], [1, 2, 3]),
        (Annotated[dict[int, int], pydantic.Field(max_length=1)], {"1": 1, "01": 1}, {"1": 1, "2": 1}),
        (set[int], [1], [1, "a"]),
        (set, [1, "a"], [[1]]),
    ],
)
def test_lengths_and_items_are_checked(annotation: Any, right: Any, wrong: Any) -> None:
    assert validated(annotation, right)
    with pytest.raises(pydantic.ValidationError):
        validated(annotation, wrong)


def test_what_is_counted_are_comparisons_in_vain() -> None:
    assert not are_too_alike([]) and not are_too_alike(range(10_000)) and not are_too_alike([7] * 10_000)
    assert not are_too_alike(CHOSEN[:11]) and are_too_alike(CHOSEN[:20])
    assert not are_too_alike([*CHOSEN[:20], *range(100)]) and are_too_alike([*CHOSEN[:30], *range(100)])
