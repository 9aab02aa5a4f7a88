"""Guard against texts that are too long for a `pattern` of msgspec, which Python's slow `re` engine searches.

A text may have as many characters as the field's `max_length`, which msgspec checks first, else `MOST_CHARACTERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import inspect

from utilmeta.core.request.regex import MOST_CHARACTERS, TOO_LONG
from utilmeta.core.request.schemas.validation_error import Fault, Location

Guard = Callable[[Any, Location], Iterator[Fault]]


def compile_guard(kind: Any) -> Guard | None:
    """Return a function that finds too long texts in a value of ``kind``; None where nothing in it has a pattern."""
    guards = Guards()
    guard = guards.of(inspect.type_info(kind))
    return guard if guards.any else None


class Guards:
    """Compiles the guards of a type and of the types in it. ``any`` says whether a pattern needs one."""

    def __init__(self) -> None:
        self.any = False
        self.made: dict[int, list[Guard]] = {}

    def of(self, info: Any) -> Guard | None:
        """Return the guard of a type, None where none is needed."""
        if isinstance(info, inspect.StrType):
            if info.pattern is None or info.max_length is not None:
                return None
            self.any = True
            return of_text
        if id(info) in self.made:  # a recursive type
            made = self.made[id(info)]
            return lambda value, location: made[0](value, location) if made else iter(())
        made = self.made[id(info)] = []
        guard = self.of_structure(info)
        if guard is not None:
            made.append(guard)
        return guard

    def of_structure(self, info: Any) -> Guard | None:
        """Return the guard of a type with other types in it."""
        if isinstance(info, inspect.Metadata):
            return self.of(info.type)
        if hasattr(info, "fields"):
            named = ((getattr(field, "encode_name", ""), self.of(field.type)) for field in info.fields)
            return of_members({name: guard for name, guard in named if guard is not None})
        if isinstance(info, inspect.DictType):
            keys, values = self.of(info.key_type), self.of(info.value_type)
            return of_pairs(keys, values) if keys or values else None
        inner = [getattr(info, "item_type", None), *getattr(info, "item_types", ()), *getattr(info, "types", ())]
        guards = [guard for part in inner if part is not None and (guard := self.of(part)) is not None]
        if not guards:
            return None
        return of_choices(guards) if isinstance(info, inspect.UnionType) else of_items(guards)


def of_text(value: Any, location: Location) -> Iterator[Fault]:
    """Guard of a text with a pattern: yield a fault if the text is too long."""
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        yield location, TOO_LONG


def of_members(guards: Mapping[str, Guard]) -> Guard | None:
    """Return the guard of an object, made of the guards of its fields; None where it has none."""

    def guard(value: Any, location: Location) -> Iterator[Fault]:
        if isinstance(value, Mapping):
            for name, inner in guards.items():
                if name in value:
                    yield from inner(value[name], (*location, name))
        elif isinstance(value, list):  # a Struct with array_like
            for position, item in enumerate(value):
                for inner in guards.values():
                    yield from inner(item, (*location, position))

    return guard if guards else None


def of_pairs(keys: Guard | None, values: Guard | None) -> Guard:
    """Return the guard of a mapping, made of the guards of its keys and values."""

    def guard(value: Any, location: Location) -> Iterator[Fault]:
        for key, item in value.items() if isinstance(value, Mapping) else ():
            if keys is not None:
                yield from keys(key, (*location, key))
            if values is not None:
                yield from values(item, (*location, key))

    return guard


def of_choices(guards: list[Guard]) -> Guard:
    """Return the guard of a union, made of the guards of its members."""

    def guard(value: Any, location: Location) -> Iterator[Fault]:
        for choice in guards:
            yield from choice(value, location)

    return guard


def of_items(guards: list[Guard]) -> Guard:
    """Return the guard of a list, made of the guards of its items."""

    def guard(value: Any, location: Location) -> Iterator[Fault]:
        for position, item in enumerate(value) if isinstance(value, list) else ():
            for inner in guards:
                yield from inner(item, (*location, position))

    return guard
