"""Encoding of msgspec's structs, equal to that of msgspec's own JSON encoder (RESPONSE-9).

So names, tags, omitted fields and arrays are as msgspec has them. Dates and times are left to the service (TIME-4), and
so are the values in a field that are not msgspec's alone: sets, which need a fixed order, and other libraries' classes.
This module is imported when a struct is sent: the service has imported msgspec then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

import msgspec

DATES = (datetime, date, time)
BYTES = (bytes, bytearray, memoryview)
# Types of msgspec.inspect whose values msgspec would write by itself, but not as this service does.
OPEN = ("SetType", "FrozenSetType", "AnyType", "CustomType", "DataclassType", "RawType")


def compile_convert(kind: type, step: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the conversion of a struct to plain values; ``step`` converts what msgspec does not know."""
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
    """Return the value of a ``msgspec.Raw``, which holds JSON."""
    return json.loads(bytes(value))


def open_fields(kind: type) -> Iterable[tuple[int, str, str]]:
    """Yield position, name and encoded name of each field that may hold what msgspec would write differently."""
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
    """Return whether msgspec would write values of a type differently from this service."""
    return type(info).__name__ in OPEN


def types_in(info: Any) -> Iterable[Any]:
    """Yield a type, as msgspec's inspection describes it, and all types within it."""
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
