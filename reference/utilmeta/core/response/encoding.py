"""Results to JSON, by one encoder for every backend.

What JSON has, stays. A set is sorted where it can be, so that the same result gives the same bytes. Dates and times
follow the service's Time configuration; Decimal and UUID are texts, an Enum is its value, NaN and Infinity are null (as
pydantic writes them), bytes are UTF-8 text, dataclasses, models and structs of msgspec are objects (by alias), and what
is left is asked of pydantic. Keys of objects become text the same way.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Iterator, Mapping, Set
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import pydantic
import pydantic_core

from utilmeta.conf.time import Time
from utilmeta.core.response.framework import misplaced

Encode = Callable[[Any], bytes]


class Encoded(bytes):
    """JSON, made of a result already."""


def compile_encoder(times: Time) -> Encode:
    """The encoder of a service: a value to UTF-8 JSON. Raises TypeError or ValueError for what has no JSON."""

    def default(value: Any) -> Any:
        return plain(value, times)

    quick = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=default).encode

    def encode(value: Any) -> bytes:
        try:
            return quick(value).encode()
        except (TypeError, ValueError):
            # A key that is no text, a NaN, or no JSON at all: the thorough way, which finds out.
            return quick(thorough(value, times)).encode()

    return encode


def plain(value: Any, times: Time) -> Any:
    """``value``, which JSON does not have, one step nearer to what it has."""
    if isinstance(value, (date, time)):
        return times.text(value)
    if isinstance(value, pydantic.BaseModel):
        return value.model_dump(by_alias=True)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    struct: tuple[str, ...] | None = getattr(type(value), "__struct_fields__", None)
    if struct is not None:  # of msgspec, under the names that it would write
        return dict(zip(type(value).__struct_encode_fields__, (getattr(value, name) for name in struct), strict=True))
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).decode()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Set):
        return ordered(value)
    if isinstance(value, Iterator):
        return list(value)
    refused = misplaced(value)
    if refused is not None:
        raise TypeError(refused)
    return pydantic_core.to_jsonable_python(value)


def ordered(values: Set[Any]) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=repr)


def thorough(value: Any, times: Time) -> Any:
    """``value`` as nested lists and dicts with text keys and finite numbers."""
    if isinstance(value, Enum):
        return thorough(value.value, times)
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key_text(key, times): thorough(item, times) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [thorough(item, times) for item in value]
    return thorough(plain(value, times), times)


def key_text(key: Any, times: Time) -> str | int | float | bool | None:
    while not isinstance(key, str) or isinstance(key, Enum):
        if key is None or (isinstance(key, (bool, int, float)) and not isinstance(key, Enum)):
            return key
        step = plain(key, times)
        if isinstance(step, (list, dict)):
            raise TypeError(f"a {type(key).__name__} is no key of a JSON object")
        key = step
    return key
