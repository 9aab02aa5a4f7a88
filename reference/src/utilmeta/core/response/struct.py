"""Structs of msgspec as msgspec's own JSON encoder writes them (RESPONSE-9): names, tags, what is omitted, arrays.

Dates and times are left to the service (TIME-4), and so is what in a field is not msgspec's alone: sets, which are to
have one order, and the classes of others. Imported where a struct is sent: the service has imported msgspec then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

import msgspec

DATES = (datetime, date, time)
BYTES = (bytes, bytearray, memoryview)
# Of msgspec.inspect: types whose values msgspec writes without a question, but not as they are written here.
OPEN = ("SetType", "FrozenSetType", "AnyType", "CustomType", "DataclassType", "RawType")


def compile_convert(kind: type, step: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What makes plain values of a struct; ``step`` is asked about what msgspec does not know."""
    left = tuple(open_fields(kind))
    first = 0 if kind.__struct_config__.tag is None else 1  # type: ignore[attr-defined]

    def convert(value: Any) -> Any:
        written = msgspec.to_builtins(value, builtin_types=DATES, enc_hook=step)
        for position, name, encoded in left:
            of_field = getattr(value, name)
            if of_field is msgspec.UNSET or isinstance(of_field, BYTES):
                continue
            if isinstance(written, dict):
                if encoded in written:
                    written[encoded] = of_field
            else:
                written[first + position] = of_field
        return written

    return convert


def raw(value: Any) -> Any:
    """A ``msgspec.Raw``, which is JSON already."""
    return json.loads(bytes(value))


def open_fields(kind: type) -> Iterable[tuple[int, str, str]]:
    """Position, name and encoded name of each field that may hold what is not msgspec's alone."""
    try:
        found: Any = msgspec.inspect.type_info(kind)
        open_names = {field.name for field in found.fields if any(is_open(each) for each in types_in(field.type))}
    except Exception:  # noqa: BLE001 - an annotation may be any expression; msgspec does not resolve it to write
        open_names = set(kind.__struct_fields__)  # type: ignore[attr-defined]
    fields = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)  # type: ignore[attr-defined]
    for position, (name, encoded) in enumerate(fields):
        if name in open_names:
            yield position, name, encoded


def is_open(info: Any) -> bool:
    return type(info).__name__ in OPEN


def types_in(info: Any) -> Iterable[Any]:
    """A type as msgspec sees it, and all types within it."""
    seen: set[int] = set()
    waiting = [info]
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple):
            waiting += each
        elif isinstance(each, msgspec.Struct) and id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += [getattr(each, name) for name in each.__struct_fields__ if not name.startswith("default")]
