"""Encoding of results as JSON, by one encoder for every backend.

Types of JSON stay. A set is sorted where possible, so that equal results give equal bytes. Dates and times follow the
service's Time configuration; models and structs are as their own libraries write them (model.py, struct.py); Decimal
and UUID become texts, an Enum its value, NaN and Infinity null (as in pydantic), bytes a UTF-8 text, dataclasses
objects, and pydantic encodes the rest. Keys of objects become texts the same way. Iterators, files and
coroutines are refused (lazy.py).
"""

from __future__ import annotations

import dataclasses
import json
import math
import operator
from collections.abc import Callable, Mapping, Sequence, Set, ValuesView
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import pydantic_core

from utilmeta.conf.time import Time
from utilmeta.core.errors.framework import misplaced
from utilmeta.core.response import model
from utilmeta.core.response.lazy import LazyResult, is_lazy, refuse, release

Encode = Callable[[Any], bytes]
Convert = Callable[[Any], Any]


class Encoded(bytes):
    """JSON bytes of a result that has been encoded already."""


def compile_encoder(times: Time) -> Encode:
    """Return the encoder of a service, from a value to UTF-8 JSON.

    It raises TypeError or ValueError for what JSON cannot hold, LazyResult for what would have to be read to be sent.
    """
    default = Plain(times)
    quick = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=default).encode

    def encode(value: Any) -> bytes:
        try:
            try:
                return quick(value).encode()
            except LazyResult:
                raise
            except (TypeError, ValueError):
                # A key that is no text, a NaN, or a value that JSON cannot hold.
                return quick(thorough(value, default)).encode()
        except LazyResult:
            release(value)
            raise

    return encode


class Plain:
    """Converts a value that JSON does not have by one step towards JSON, in a way chosen once for each class."""

    def __init__(self, times: Time) -> None:
        self.text = times.text
        self.converts: WeakKeyDictionary[type, Convert] = WeakKeyDictionary()

    def __call__(self, value: Any) -> Any:
        kind = type(value)
        convert = self.converts.get(kind)
        if convert is None:
            convert = self.converts[kind] = self.compile(kind)
        return convert(value)

    def compile(self, kind: type) -> Convert:
        """Choose the conversion of a class."""
        if issubclass(kind, (date, time)):
            return self.text
        modelled = model.compile_convert(kind)
        if modelled is not None:
            return modelled
        if dataclasses.is_dataclass(kind):
            return fields_of(kind)
        if issubclass(kind, Enum):
            return operator.attrgetter("value")
        if issubclass(kind, (Decimal, UUID)):
            return str
        if hasattr(kind, "__struct_fields__") or (kind.__module__, kind.__name__) == ("msgspec", "Raw"):
            from utilmeta.core.response import struct

            return struct.compile_convert(kind, self) if hasattr(kind, "__struct_fields__") else struct.raw
        return next((convert for kinds, convert in CONVERTS if issubclass(kind, kinds)), left)


def fields_of(kind: type) -> Convert:
    """Return a conversion of a dataclass to a dict of its fields."""
    names = tuple(field.name for field in dataclasses.fields(kind))
    return lambda value: {name: getattr(value, name) for name in names}


def left(value: Any) -> Any:
    """Convert a value of a class that has no conversion here, by pydantic.

    Raises TypeError for a framework's response object, LazyResult for what would have to be read.
    """
    refused = misplaced(value)
    if refused is not None:
        raise TypeError(refused)
    return refuse(value) if is_lazy(value) else pydantic_core.to_jsonable_python(value)


CONVERTS: tuple[tuple[tuple[type, ...], Convert], ...] = (
    ((bytes, bytearray, memoryview), lambda value: bytes(value).decode()),
    ((Mapping,), dict),
    ((Set,), model.ordered),
    ((Sequence, ValuesView), list),
)


def thorough(value: Any, plain: Convert) -> Any:
    """Return ``value`` as nested lists and dicts with text keys and finite numbers."""
    if isinstance(value, Enum):
        return thorough(value.value, plain)
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key_text(key, plain): thorough(item, plain) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [thorough(item, plain) for item in value]
    return thorough(plain(value), plain)


def key_text(key: Any, plain: Convert) -> str | int | float | bool | None:
    """Return the key of a mapping as a key that the JSON encoder takes. Raises TypeError if it has none."""
    while not isinstance(key, str) or isinstance(key, Enum):
        if key is None or (isinstance(key, (bool, int, float)) and not isinstance(key, Enum)):
            return key
        step = plain(key)
        if isinstance(step, (list, dict)):
            raise TypeError(f"a {type(key).__name__} is no key of a JSON object")
        key = step
    return key
