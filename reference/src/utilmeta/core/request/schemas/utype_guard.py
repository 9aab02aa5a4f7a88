"""Guard against values that keep utype busy without end: huge numbers, long texts, and values of equal hashes.

utype makes an integer of anything that can be one: 1e9999999 takes minutes. For a date it divides a number until that
is small, which infinity never is. So where its types say integer or date, such a number is a fault of the request. So
is a text that is too long for a regex, which Python's `re` matches before utype looks at the length.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

import utype

from utilmeta.core.request.regex import MOST_CHARACTERS
from utilmeta.core.request.schemas.hash_collision import TOO_ALIKE, alike_as
from utilmeta.core.request.schemas.validation_error import Fault, Location

Guard = Callable[[Any, Location], Iterator[Fault]]

# Searched for in the whole text, because utype parses items and members out of it.
LARGE = re.compile(r"(?<![\w.])(?:(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)e\+?[\d_]{3,}(?!\w)|[\d_]{309,})", re.IGNORECASE)
INFINITE = re.compile(r"\binf(?:inity)?\b", re.IGNORECASE)
TOO_LARGE = "The number is too large"


def compile_guard(kind: Any) -> Guard:
    """Return a function that finds such values where ``kind`` is expected: a schema, a rule, or a part of one."""
    if hasattr(kind, "__parser__"):
        return functools.partial(of_model, kind)
    if isinstance(getattr(kind, "regex", None), str):
        return of_regex(kind)
    parts = get_args(kind) or getattr(kind, "args", ())
    if parts:
        guard = functools.partial(of_parts, tuple(compile_guard(part) for part in parts))
        hashed = get_origin(kind) in (set, frozenset, dict) and parts[0] is not str
        return functools.partial(of_hashed, guard, parts[0]) if hashed else guard
    if isinstance(kind, type) and issubclass(kind, (int, date)):
        return of_date if issubclass(kind, date) else of_integer
    return of_nothing


@functools.cache
def guards_of(kind: Any) -> Mapping[str, Guard]:
    """Return the guards of a schema's fields, by attribute name."""
    ruled = {field.attname: field.type for field in kind.__parser__.fields.values()}
    return {name: of_field(hint, ruled.get(name)) for name, hint in get_type_hints(kind).items()}


def of_field(hint: Any, rule: Any) -> Guard:
    """Return the guard of a utype field, whose regex may be that of a rule which utype has made of its type."""
    guards = [compile_guard(hint)] + ([of_regex(rule)] if isinstance(getattr(rule, "regex", None), str) else [])
    return guards[0] if len(guards) == 1 else functools.partial(of_parts, tuple(guards))


def of_regex(rule: Any) -> Guard:
    """Return the guard of a utype rule with a regex, against texts that are too long to be matched.

    They are longer than the rule itself allows, or than ``MOST_CHARACTERS``.
    """
    said = getattr(rule, "length", None) or getattr(rule, "max_length", None)
    return functools.partial(of_text, said if isinstance(said, int) else MOST_CHARACTERS)


def of_text(most: int, value: Any, location: Location) -> Iterator[Fault]:
    """Guard of a regex: yield a fault for each text of more than ``most`` characters."""
    yield from of_items(functools.partial(of_text, most), value, location)
    if isinstance(value, str) and len(value) > most:
        yield location, f"Has more than {most} characters, too many for its pattern"


def of_model(kind: Any, value: Any, location: Location) -> Iterator[Fault]:
    """Guard of a utype schema: yield the faults of its fields."""
    if isinstance(value, Mapping):
        guards, parser = guards_of(kind), kind.__parser__
        for name, item in value.items():
            field = parser.get_field(name)
            if field is not None:
                yield from guards[field.attname](item, (*location, name))
    else:
        yield from of_items(functools.partial(of_model, kind), value, location)
        yield from of_date(value, location)


def of_parts(guards: tuple[Guard, ...], value: Any, location: Location) -> Iterator[Fault]:
    """Guard of a union or collection: yield the faults that its members' guards find in the value or its items."""
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    found = [fault for guard in guards for fault in guard(value, location)]
    found += [fault for key, item in inner for guard in guards for fault in guard(item, (*location, key))]
    yield from dict.fromkeys(found)


def of_hashed(guard: Guard, kind: Any, value: Any, location: Location) -> Iterator[Fault]:
    """Guard of a set or mapping: yield its faults, and one for values chosen for their hashes (SECURITY-7c)."""
    found = list(guard(value, location))
    yield from found
    if (
        not found
        and isinstance(value, (list, Mapping))
        and alike_as(lambda item: utype.type_transform(item, kind), value)
    ):
        yield location, TOO_ALIKE


def of_items(guard: Guard, value: Any, location: Location) -> Iterator[Fault]:
    """Apply a guard to all items and keys in a list or mapping, even where no collection is declared.

    utype looks for the value in there.
    """
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from guard(key, (*location, key))
            yield from guard(item, (*location, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from guard(item, (*location, position))


def of_integer(value: Any, location: Location) -> Iterator[Fault]:
    """Guard of an integer: yield a fault for each text that is too large a number."""
    yield from of_items(of_integer, value, location)
    if isinstance(value, str) and LARGE.search(value):
        yield location, TOO_LARGE


def of_date(value: Any, location: Location) -> Iterator[Fault]:
    """Guard of a date: yield a fault for each text or number that is too large or infinite."""
    yield from of_items(of_date, value, location)
    in_text = isinstance(value, str) and (LARGE.search(value) or INFINITE.search(value))
    if in_text or (isinstance(value, float) and math.isinf(value)):
        yield location, TOO_LARGE


def of_nothing(value: Any, location: Location) -> Iterator[Fault]:
    """Guard of a type that needs none: yield no fault."""
    yield from ()
