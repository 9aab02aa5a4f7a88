"""Encoding of pydantic's models and dataclasses, equal to that of pydantic's own JSON encoder (RESPONSE-9).

Fields are written by alias, as `pydantic_core.to_json` does, so that what is sent can be read back, unless a model's
configuration says ``serialize_by_alias=False``. Dates and times that pydantic would write in its own format are left to
the service (TIME-4), and what pydantic does not know, such as a struct of msgspec, to the caller.

How instances are converted is decided once for their class, by the schema that pydantic made:

written     nothing in it can be a date or a set: pydantic makes JSON of it plain       all of it is of types that mean
the same to pydantic and here: pydantic takes the object apart, no more compared    anything else: both, and where JSON
has no more than pydantic's text of a date, the date
"""

from __future__ import annotations

import dataclasses
import secrets
import typing
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date, time
from functools import partial
from typing import Annotated, Any, get_args, get_origin

import pydantic
import pydantic_core
from pydantic.fields import FieldInfo

from utilmeta.core.response.lazy import refuse, within

Convert = Callable[[Any], Any]

DATES = frozenset({"date", "time", "datetime"})
# Schema types that may hold a date, or a set, which needs a fixed order.
OPEN = DATES | {"any", "is-instance", "is-subclass", "callable", "function-plain", "generator", "set", "frozenset"}
PLAIN = DATES | {
    *("model", "model-fields", "model-field", "dataclass", "dataclass-args", "dataclass-field"),
    *("typed-dict", "typed-dict-field", "list", "set", "frozenset", "tuple", "dict"),
    *("str", "int", "float", "bool", "none", "nullable", "default", "enum", "uuid", "decimal", "literal"),
    *("definitions", "definition-ref", "function-after", "function-before", "function-wrap"),
}
# Keys of a schema whose values hold no schema.
CLOSED = frozenset({"metadata", "default", "default_factory", "cls", "function", "expected", "members", "validator"})
SCALARS = frozenset({str, int, float, bool, type(None)})
UNKNOWN = f"unknown {secrets.token_hex(8)}"


def compile_convert(kind: Any) -> Convert | None:
    """Return the conversion of a class's instances to plain values; None for a class that pydantic does not know."""
    if issubclass(kind, pydantic.BaseModel) or "__pydantic_serializer__" in vars(kind):
        schema, serializer = getattr(kind, "__pydantic_core_schema__", None), kind.__pydantic_serializer__
    elif dataclasses.is_dataclass(kind) and is_configured(kind):
        try:
            adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(kind)
        except (pydantic.PydanticUserError, pydantic_core.SchemaError, TypeError, NameError):
            return None  # a plain dataclass may have fields of types that pydantic does not know
        schema, serializer = {"type": "any"}, adapter.serializer  # its fields are not inspected
    else:
        return None
    config = getattr(kind, "model_config", None) or getattr(kind, "__pydantic_config__", None) or {}
    return converter(serializer, frozenset(words(schema)), by_alias=config.get("serialize_by_alias") is not False)


def is_configured(kind: Any) -> bool:
    """Return whether pydantic options apply to a plain dataclass: of a base, a configuration or fields."""
    if hasattr(kind, "__pydantic_config__") or hasattr(kind, "__pydantic_serializer__"):
        return True
    try:
        hints = typing.get_type_hints(kind, include_extras=True)
    except Exception:  # noqa: BLE001 - an annotation may be any expression, and a result may leave it unresolved
        return False
    noted = [note for hint in hints.values() if get_origin(hint) is Annotated for note in get_args(hint)[1:]]
    given = [field.default for field in dataclasses.fields(kind)]
    return any(isinstance(each, FieldInfo) or type(each).__module__ == SERIALIZERS for each in (*noted, *given))


SERIALIZERS = pydantic.PlainSerializer.__module__


def words(schema: Any) -> Iterable[str]:
    """Yield the types of all schemas in a core schema, and `own` where one is written unlike its type says."""
    if schema is None:
        yield from ("any", "own")
    waiting = [schema]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Mapping):
            if isinstance(each.get("type"), str):
                yield each["type"]
            if "serialization" in each:
                yield from ("own", "any")
            keys = each.get("keys_schema")
            if (keys is not None and keys.get("type") != "str") or each.get("type") == "computed-field":
                yield "own"
            waiting += [value for name, value in each.items() if name not in CLOSED and name != "config"]
            yield from words_of_configuration(each, each.get("config") or {})
        elif isinstance(each, (list, tuple)):
            waiting += each


def words_of_configuration(schema: Mapping[str, Any], config: Mapping[str, Any]) -> Iterable[str]:
    """Yield `own` and `any` where a schema's configuration changes how values are written; see ``words``."""
    if any(name.startswith("ser_json") for name in config):
        yield "own"
    if "allow" in (schema.get("extra_behavior"), config.get("extra_fields_behavior")) or "extras_schema" in schema:
        yield from ("any", "own")


def converter(serializer: Any, words: frozenset[str], *, by_alias: bool) -> Convert:
    """Return the conversion for a class whose schema has these ``words``."""
    dump = serializer.to_python
    reads = "generator" in words  # declared by the user, so pydantic may iterate

    def compared(value: Any) -> Any:
        parts = dump(value, by_alias=by_alias)
        if not reads:
            for each in within(parts, set()):
                refuse(each)  # before pydantic reads it
        return dated(parts, dump(value, mode="json", by_alias=by_alias, fallback=unknown))

    def written(value: Any) -> Any:
        try:
            return dump(value, mode="json", by_alias=by_alias, warnings="error")
        except pydantic_core.PydanticSerializationError:  # a value is not what its class declares
            return compared(value)

    if not words & OPEN:
        return written
    return partial(dump, by_alias=by_alias) if words <= PLAIN else compared


def unknown(value: Any) -> str:
    """Return the text that stands for a value that pydantic does not know."""
    return UNKNOWN


def dated(parts: Any, written: Any) -> Any:
    """Return the JSON values ``written`` with date objects of ``parts`` in place of pydantic's texts of them."""
    if type(parts) in SCALARS:
        return written
    if written == UNKNOWN or is_left(parts, written):
        return parts
    if isinstance(parts, dict) and isinstance(written, dict) and len(parts) == len(written):
        return {
            (part if type(part) is not str and is_left(part, key) else key): (
                text if type(of) in SCALARS else dated(of, text)
            )
            for (part, of), (key, text) in zip(parts.items(), written.items(), strict=True)
        }
    if isinstance(parts, Set) and isinstance(written, list):
        left = any(isinstance(part, (date, time)) for part in parts)
        return parts if left and sorted(map(iso, parts), key=repr) == sorted(written, key=repr) else ordered(written)
    if isinstance(parts, (list, tuple)) and isinstance(written, list) and len(parts) == len(written):
        return [dated(part, text) for part, text in zip(parts, written, strict=True)]
    return written


def is_left(part: Any, written: Any) -> bool:
    """Return whether ``written`` is pydantic's text of the date or time ``part``."""
    return isinstance(part, (date, time)) and iso(part) == written


def iso(value: Any) -> Any:
    """Return a value as pydantic writes it to JSON."""
    return pydantic_core.to_jsonable_python(value, fallback=unknown)


def ordered(values: Iterable[Any]) -> list[Any]:
    """Return the values of a set in an order that is the same in every process."""
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=repr)
