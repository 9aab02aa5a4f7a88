"""Protection of sets and mappings against values that a client chose for equal hashes (SECURITY-7c).

Python's hash of a text differs in each process; a client can choose that of a number, of a UUID, or of what is made of
these. A value is compared with all earlier ones of its hash: 10,000 UUIDs take seconds. A limit of items would have to
be 55 to keep a body of 2.5 MiB, which may hold many sets, below 0.1 s; one for numbers would leave all other types. So
comparisons in vain are counted, before there is a set: more than twice as many as values are a fault of the request.
Until then a set or mapping of pydantic's holds boxes, which have hashes of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from itertools import repeat
from typing import Any

import pydantic_core

from utilmeta.core.request.schemas.core_schema import Schema

TOO_ALIKE = "the hashes of too many of its values are the same"

# Comparisons allowed beside two for each value, so that a few values are never refused.
FREE = 64

# Types whose hashes a client cannot know, or that have few values.
SAFE = frozenset({"str", "bytes", "bool", "none", "literal", "enum"})

SETS: Mapping[str, type] = {"set": set, "frozenset": frozenset}
MAPPINGS = frozenset({"dict", "ordered-dict", "counter"})
LENGTHS = ("min_length", "max_length")

# Wraps a value in an object with a hash of its own; next() of it gives the value.
box = repeat


def hashed(schema: Schema) -> Schema:
    """Return a core schema whose sets and mappings refuse values that were chosen for their hashes."""
    kind = schema["type"]
    if kind in SETS and may_clash(schema.get("items_schema")):
        return unboxed(schema, "items_schema", set_maker(SETS[kind]))
    if kind in MAPPINGS and may_clash(schema.get("keys_schema")):
        return unboxed(schema, "keys_schema", made_mapping)
    return schema


def may_clash(items: Any) -> bool:
    """Return whether a client can choose the hashes of a type's values."""
    return items is None or items["type"] not in SAFE


def unboxed(schema: Schema, part: str, make: Callable[[Any], Any]) -> Schema:
    """Return ``schema`` with boxes for its items or keys; ``make`` builds the set or mapping from those."""
    items = after(schema.get(part, {"type": "any"}), box)
    inner = {**{key: value for key, value in schema.items() if key not in (*LENGTHS, "ref")}, part: items}
    bounds = {name: schema[name] for name in LENGTHS if schema.get(name) is not None}
    made = after(inner, with_length(make, bounds, schema["type"]) if bounds else make)
    return {**made, "ref": schema["ref"]} if "ref" in schema else made


def after(schema: Schema, function: Callable[[Any], Any]) -> Schema:
    """Return a core schema that applies ``function`` to the validated value."""
    return {"type": "function-after", "schema": schema, "function": {"type": "no-info", "function": function}}


def set_maker(kind: type) -> Callable[[Any], Any]:
    """Return a function that makes a set of boxes, after a check of their hashes."""

    def make(boxes: Collection[Any]) -> Any:
        items = [next(each) for each in boxes]
        refuse_alike(items)
        return kind(items)

    return make


def made_mapping(boxed: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Return a mapping with its boxed keys unboxed, after a check of their hashes."""
    keys = [next(each) for each in boxed]
    refuse_alike(keys)
    made: Any = type(boxed)
    return made(dict(zip(keys, boxed.values(), strict=True)))  # type: ignore[no-any-return]


def with_length(make: Callable[[Any], Any], bounds: Mapping[str, int], kind: str) -> Callable[[Any], Any]:
    """Return ``make`` with bounds for the length of what it makes, in which equal values count once."""
    named = kind.capitalize() if kind in SETS else "Dictionary"
    least, most = bounds.get("min_length", 0), bounds.get("max_length")

    def make_within(boxes: Any) -> Any:
        made = make(boxes)
        told: dict[str, Any] = {"field_type": named, "actual_length": len(made)}
        if len(made) < least:
            raise pydantic_core.PydanticKnownError("too_short", {**told, "min_length": least})
        if most is not None and len(made) > most:
            raise pydantic_core.PydanticKnownError("too_long", {**told, "max_length": most})
        return made

    return make_within


def alike_as(convert: Callable[[Any], Any], items: Iterable[Any]) -> bool:
    """Return whether ``items``, once converted, have too many equal hashes; those that do not convert are left out.

    For libraries that build their sets themselves.
    """
    made = []
    for item in items:
        with suppress(ValueError, TypeError):
            made.append(convert(item))
    try:
        return are_too_alike(made)
    except TypeError:
        return False


def refuse_alike(items: Collection[Any]) -> None:
    """Raise a pydantic error for ``items`` that have too many equal hashes, or no hash."""
    try:
        alike = are_too_alike(items)
    except TypeError:
        raise pydantic_core.PydanticCustomError("invalid", "Set items should be hashable") from None
    if alike:
        raise pydantic_core.PydanticCustomError("invalid", TOO_ALIKE)


def are_too_alike(items: Collection[Any]) -> bool:
    """Return whether a set of ``items`` takes many more comparisons than there are items.

    Raises TypeError where an item has no hash.
    """
    if len({*map(hash, items)}) == len(items):
        return False
    left = FREE + 2 * len(items)
    unequal: dict[int, list[Any]] = {}
    for item in items:
        others = unequal.setdefault(hash(item), [])
        for other in others:
            if other is item or other == item:
                break
            left -= 1
            if left < 0:
                return True
        else:
            others.append(item)
    return False
