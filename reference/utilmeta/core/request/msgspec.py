"""Structs of msgspec as parameters and models. msgspec validates them, in its lax mode, which converts texts.

It stops at the first fault. So of a value that it refuses each part is asked again, and all faults are told.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any, get_args, get_origin

import msgspec

from utilmeta.core.request.default import check_given
from utilmeta.core.request.endless import without
from utilmeta.core.request.fault import MISSING, Fault, Location, refusal
from utilmeta.core.request.field import Field, takes_many
from utilmeta.core.request.msgspec_text import compile_guard


def owns(kind: Any) -> bool:
    return all(is_struct(member) for member in members(kind))


def is_struct(kind: Any) -> bool:
    kind = get_origin(kind) or kind
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def members(kind: Any) -> tuple[Any, ...]:
    """The types of a union, or the one there is."""
    return get_args(kind) if get_origin(kind) in (typing.Union, types.UnionType) else (kind,)


def compile_validator(kind: Any) -> Callable[[Any], Any]:
    msgspec.json.Decoder(kind)  # which says of a type that it cannot be, or does not resolve
    for member in members(kind):
        check_defaults(member, set())
    guard = compile_guard(kind)

    def validate(value: Any) -> Any:
        if guard is not None and (long := dict(guard(value, ()))):
            others = faults(without(value, long), kind, ())
            apart = [fault for fault in others if not any(fault[0][: len(place)] == place for place in long)]
            raise refusal(str(kind), [*long.items(), *apart], value)
        try:
            return msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError:
            raise refusal(str(kind), faults(value, kind, ()), value) from None

    return validate


def check_defaults(kind: Any, seen: set[Any]) -> None:
    """Raise TypeError for a field of a Struct, or of one within it, whose default all instances share though it can
    change. A frozen Struct is taken at its word, as msgspec does."""
    if is_struct(kind) and kind not in seen:
        seen.add(kind)
        for field in msgspec.structs.fields(kind):
            if field.default is not msgspec.NODEFAULT and not is_struct(type(field.default)):
                check_given(field.default, f"{(get_origin(kind) or kind).__name__}.{field.name}")
            check_defaults(field.type, seen)
    for argument in get_args(kind):
        check_defaults(argument, seen)


def fields_of(kind: Any) -> tuple[Field, ...]:
    return tuple(
        Field((field.encode_name,), field.encode_name != field.name, takes_many(field.type))
        for member in members(kind)
        for field in msgspec.structs.fields(member)
    )


def faults(value: Any, kind: Any, location: Location) -> Iterator[Fault]:
    """What keeps ``value`` from being a ``kind``; nothing, where nothing does."""
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        whole = location, str(error).rpartition(" - at `$")[0] or str(error)
        within = chain.from_iterable(faults_within(value, member, location) for member in members(kind))
        yield next(within, whole)
        yield from within


def faults_within(value: Any, kind: Any, location: Location) -> Iterator[Fault]:
    origin, arguments = get_origin(kind), get_args(kind)
    if is_struct(kind) and isinstance(value, Mapping):
        for field in msgspec.structs.fields(kind):
            if field.encode_name in value:
                yield from faults(value[field.encode_name], field.type, (*location, field.encode_name))
            elif field.required:
                yield (*location, field.encode_name), MISSING
    elif origin is dict and isinstance(value, Mapping):
        for key, item in value.items():
            yield from faults(item, arguments[1], (*location, key))
    elif takes_many(kind) and origin is not None and isinstance(value, list):
        each = arguments if origin is tuple and Ellipsis not in arguments else arguments[:1] * len(value)
        for position, (item, inner) in enumerate(zip(value, each, strict=False)):
            yield from faults(item, inner, (*location, position))
