"""Locations of validation errors, as the names that were sent and no others (ERROR-2c).

pydantic puts into a location the name of a union's member, the tag of a tagged union, and ``[key]`` for a key that does
not convert. No client sent these, and one may send a name that looks like them. So schemas get labels in their place
that no client can guess, and reading an error removes them.

Of a value that fits no member of a union, one fault is told for each name: those of the member that it comes nearest
to, or, where it is of none of their kinds, all reasons in one.
"""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import pydantic_core

from utilmeta.core.request.schemas.core_schema import Schema
from utilmeta.core.request.schemas.validation_error import MISSING, Fault, Location

LABEL = f"\0{secrets.token_hex(16)}"
"""Prefix of the labels, random for each process, and never sent to a client."""

AFTER_TAG = f"{LABEL} tag"
AFTER_KEY = f"{LABEL} key"
# Keys of a schema for any text, which every key of JSON is.
UNCONSTRAINED = frozenset({"type", "ref", "metadata", "strict"})
# Takes the place of a list item that is left out; it is of no type that a guard looks for.
LEFT_OUT = "x"


def labelled(schema: Schema) -> Schema:
    """Return a core schema that puts our labels into the locations of its errors."""
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
    """Return whether the schema of a mapping's keys refuses some text."""
    return keys["type"] != "any" and not (keys["type"] == "str" and keys.keys() <= UNCONSTRAINED)


def told(schema: Any, label: str) -> Any:
    """Return a schema whose errors have ``label`` in their location; it is a union with one member."""
    if not isinstance(schema, dict):  # the name of another tag
        return schema
    return {"type": "union", "choices": [(schema, label)], "auto_collapse": False, "mode": "left_to_right"}


def width_of(schema: Schema) -> int:
    """Return how many errors one wrong value can have: one for each member of the unions that it may belong to."""

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
    """Return the location and reason of each error, each location once."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    faults = [(detail["loc"], MISSING if detail["type"] == "missing" else detail["msg"]) for detail in details]
    if any(is_label(part) for location, _ in faults for part in location):
        faults = nearest([(plain(location), reason) for location, reason in faults])
    first: dict[Location, str] = {}
    for location, reason in faults:
        first.setdefault(location, reason)
    return list(first.items())


def is_label(part: str | int) -> bool:
    """Return whether a part of a location is one of our labels."""
    return isinstance(part, str) and part.startswith(LABEL)


def plain(location: Location) -> Location:
    """Return a location without tags, and without pydantic's marks of keys."""
    parts: list[str | int] = []
    for part in location:
        if part in (AFTER_TAG, AFTER_KEY):
            parts.pop()
        else:
            parts.append(part)
    return tuple(parts)


def nearest(faults: Sequence[Fault]) -> list[Fault]:
    """Return the faults of each union's nearest member, with locations that have no labels, in the order found."""
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
    """Return the faults of the union member that a value comes nearest to.

    That is the member whose kind it has, with the fewest missing fields, then the fewest faults, then the first. If it
    has no member's kind, one fault has all reasons.
    """
    found = list(members)
    best = min(found, key=distance)
    if not distance(best)[0]:
        return best
    reasons = dict.fromkeys(reason for faults in found for location, reason in faults if location == ())
    return [((), "; or: ".join(reasons))]


def distance(faults: Sequence[Fault]) -> tuple[bool, int, int]:
    """Return how far a value is from a union's member, as a key to sort by; see ``one_of``."""
    return any(location == () for location, _ in faults), sum(why == MISSING for _, why in faults), len(faults)


def without(value: Any, locations: Iterable[Location]) -> Any:
    """Return a copy of ``value`` without what is at ``locations``.

    In a list, a text that is no number takes its place.
    """
    made: Any = copy.deepcopy(value)
    for location in sorted(locations, key=len, reverse=True):
        if not location:
            return LEFT_OUT
        place: Any = made
        for key in location[:-1]:
            place = place[key]
        if isinstance(place, dict):
            del place[location[-1]]
        else:
            place[location[-1]] = LEFT_OUT
    return made
