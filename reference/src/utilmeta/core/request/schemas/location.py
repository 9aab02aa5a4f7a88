"""Where a value that does not convert stands, by the names that were sent and no other (ERROR-2c).

pydantic puts into the location of an error what a member of a union is called, the tag of a tagged union, and ``[key]``
for a key that does not convert. No client sent these, and one may send a name that looks like them. So the validators
here have labels that nobody can send in their place, and whoever reads the error takes them out again.

Of a value that no member of a union takes, one fault is told for each name: those of the member that it comes nearest
to, or, where it is of none of their kinds, all reasons in one.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import pydantic_core

from utilmeta.core.request.schemas.core_schema import Schema
from utilmeta.core.request.schemas.fault import MISSING, Fault, Location

LABEL = f"\0{secrets.token_hex(16)}"
"""What the labels begin with; of each process another one, which leaves it never."""

AFTER_TAG = f"{LABEL} tag"
AFTER_KEY = f"{LABEL} key"
# Of a key that is any text: all keys of JSON are.
UNCONSTRAINED = frozenset({"type", "ref", "metadata", "strict"})


def labelled(schema: Schema) -> Schema:
    """A schema of pydantic's core, with our labels in the locations of its errors."""
    kind = schema["type"]
    if kind == "union":
        choices = (choice[0] if isinstance(choice, tuple) else choice for choice in schema["choices"])
        return {**schema, "choices": [(choice, f"{LABEL}{number}") for number, choice in enumerate(choices)]}
    if kind == "tagged-union":
        return {**schema, "choices": {tag: told(choice, AFTER_TAG) for tag, choice in schema["choices"].items()}}
    if kind == "dict" and may_fail(schema.get("keys_schema", {"type": "any"})):
        return {**schema, "keys_schema": told(schema["keys_schema"], AFTER_KEY)}
    return schema


def may_fail(keys: Schema) -> bool:
    """Whether there is a text that is no key."""
    return keys["type"] != "any" and not (keys["type"] == "str" and keys.keys() <= UNCONSTRAINED)


def told(schema: Any, label: str) -> Any:
    """What tells of its errors that they are of ``schema``: a union that has but one member."""
    if not isinstance(schema, dict):  # a tag that stands for another one
        return schema
    return {"type": "union", "choices": [(schema, label)], "auto_collapse": False, "mode": "left_to_right"}


def width_of(schema: Schema) -> int:
    """How many errors one wrong value can have: one for each member of the unions that it may be of."""

    def count(part: Any) -> int:
        if isinstance(part, dict):
            inner = [count(each) for key, each in part.items() if key not in ("metadata", "config", "default")]
            if part.get("type") == "union":
                return sum(map(count, part["choices"]))
            return max(inner, default=1)
        if isinstance(part, (list, tuple)):
            return max(map(count, part), default=1)
        return 1

    return count(schema)


def faults_of(error: pydantic_core.ValidationError) -> list[Fault]:
    """What is wrong, each place once."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    faults = [(detail["loc"], MISSING if detail["type"] == "missing" else detail["msg"]) for detail in details]
    if any(is_label(part) for location, _ in faults for part in location):
        faults = nearest([(plain(location), reason) for location, reason in faults])
    first: dict[Location, str] = {}
    for location, reason in faults:
        first.setdefault(location, reason)
    return list(first.items())


def is_label(part: str | int) -> bool:
    return isinstance(part, str) and part.startswith(LABEL)


def plain(location: Location) -> Location:
    """A location without tags, and without what pydantic says of keys."""
    parts: list[str | int] = []
    for part in location:
        if part in (AFTER_TAG, AFTER_KEY):
            parts.pop()
        else:
            parts.append(part)
    return tuple(parts)


def nearest(faults: Sequence[Fault]) -> list[Fault]:
    """The faults of each union's nearest member, at their places without labels, in the order they were found."""
    unions: dict[Location, dict[str | int, list[Fault]]] = {}
    for location, reason in faults:
        depth = next((depth for depth, part in enumerate(location) if is_label(part)), len(location))
        member = location[depth] if depth < len(location) else ""
        unions.setdefault(location[:depth], {}).setdefault(member, []).append((location[depth + 1 :], reason))
    found: list[Fault] = []
    for place, members in unions.items():
        found += ((place, reason) for _, reason in members.pop("", ()))
        if members:
            found += ((place + within, reason) for within, reason in one_of(map(nearest, members.values())))
    return found


def one_of(members: Iterable[Sequence[Fault]]) -> Sequence[Fault]:
    """The faults of the member that a value comes nearest to: that lets it be of its kind, with the fewest that are
    missing, then the fewest at all, then the first. Where the value is of no member's kind, all say so in one."""
    found = list(members)
    best = min(found, key=distance)
    if not distance(best)[0]:
        return best
    reasons = dict.fromkeys(reason for faults in found for location, reason in faults if location == ())
    return [((), "; or: ".join(reasons))]


def distance(faults: Sequence[Fault]) -> tuple[bool, int, int]:
    return any(location == () for location, _ in faults), sum(why == MISSING for _, why in faults), len(faults)
