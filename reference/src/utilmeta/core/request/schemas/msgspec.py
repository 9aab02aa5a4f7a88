"""Structs of msgspec as parameters and models, validated by msgspec in its lax mode, which converts texts.

msgspec stops at the first fault. So the parts of a value that it refuses are validated again, to tell all faults.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping, Set
from functools import partial
from itertools import chain
from typing import Annotated, Any, get_args, get_origin

import msgspec

from utilmeta.core.request.schemas.default_copy import check_given
from utilmeta.core.request.schemas.error_location import without
from utilmeta.core.request.schemas.field import Field, takes_many
from utilmeta.core.request.schemas.hash_collision import TOO_ALIKE, alike_as
from utilmeta.core.request.schemas.msgspec_guard import compile_guard
from utilmeta.core.request.schemas.validation_error import MISSING, Fault, Location, refusal


def owns(kind: Any) -> bool:
    """Return whether ``kind`` is a Struct, or a union of Structs."""
    return all(is_struct(member) for member in members(kind))


def is_struct(kind: Any) -> bool:
    """Return whether ``kind`` is a Struct."""
    kind = get_origin(kind) or kind
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def members(kind: Any) -> tuple[Any, ...]:
    """Return the types of a union, or the one type."""
    return get_args(kind) if get_origin(kind) in (typing.Union, types.UnionType) else (kind,)


def compile_validator(kind: Any) -> Callable[[Any], Any]:
    """Return a function that validates a JSON value or texts against ``kind``. It raises pydantic.ValidationError.

    Raises TypeError for a type that msgspec cannot decode, and for a default that is shared though it is mutable.
    """
    msgspec.json.Decoder(kind)  # raises for a type that is not supported or does not resolve
    for member in members(kind):
        check_defaults(member, set())
    hashed = has_hashed(kind, set())
    guard = compile_guard(kind)

    def validate(value: Any) -> Any:
        alike = list(clashes(value, kind, ())) if hashed else []
        if alike:
            raise refusal(str(kind), alike, value)
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
    """Raise TypeError for a field of a Struct, or of one within it, whose mutable default all instances share.

    A frozen Struct is taken as immutable, as msgspec takes it.
    """
    if is_struct(kind) and kind not in seen:
        seen.add(kind)
        for field in msgspec.structs.fields(kind):
            if field.default is not msgspec.NODEFAULT and not is_struct(type(field.default)):
                check_given(field.default, f"{(get_origin(kind) or kind).__name__}.{field.name}")
            check_defaults(field.type, seen)
    for argument in get_args(kind):
        check_defaults(argument, seen)


def has_hashed(kind: Any, seen: set[Any]) -> bool:
    """Return whether a type holds a set or mapping that a client can fill with values of equal hashes."""
    if is_struct(kind):
        if kind in seen:
            return False
        seen.add(kind)
        return any(has_hashed(field.type, seen) for field in msgspec.structs.fields(kind))
    return member_of(kind) is not None or any(has_hashed(argument, seen) for argument in get_args(kind))


def member_of(kind: Any) -> Any:
    """Return the type of the values that a set or mapping hashes; None for texts and for other types."""
    origin, arguments = get_origin(kind) or kind, get_args(kind)
    if isinstance(origin, type) and issubclass(origin, (Set, Mapping)):
        hashed = arguments[0] if arguments else Any
        return None if hashed is str else hashed
    return None


def clashes(value: Any, kind: Any, location: Location) -> Iterator[Fault]:
    """Yield a fault for each set or mapping whose values were chosen for their hashes (SECURITY-7c).

    It has to run before msgspec, which makes sets of them at once.
    """
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    for member in members(kind):
        hashed = member_of(member)
        convert = partial(msgspec.convert, type=hashed, strict=False)
        if hashed is not None and isinstance(value, (list, Mapping)) and alike_as(convert, value):
            yield location, TOO_ALIKE
        for item, inner, place in within(value, member):
            yield from clashes(item, inner, (*location, place))


def within(value: Any, kind: Any) -> Iterator[tuple[Any, Any, str | int]]:
    """Yield each item in a value, with its type and its key or position."""
    arguments = get_args(kind)
    if is_struct(kind) and isinstance(value, Mapping):
        for field in msgspec.structs.fields(kind):
            if field.encode_name in value:
                yield value[field.encode_name], field.type, field.encode_name
    elif isinstance(value, Mapping) and len(arguments) == 2:
        for key, item in value.items():
            yield item, arguments[1], key
    elif isinstance(value, list) and arguments and takes_many(kind):
        each = arguments if get_origin(kind) is tuple and Ellipsis not in arguments else arguments[:1] * len(value)
        for position, (item, inner) in enumerate(zip(value, each, strict=False)):
            yield item, inner, position


def fields_of(kind: Any) -> tuple[Field, ...]:
    """Return the fields of a Struct, or of all Structs of a union."""
    return tuple(
        Field((field.encode_name,), field.encode_name != field.name, takes_many(field.type))
        for member in members(kind)
        for field in msgspec.structs.fields(member)
    )


def faults(value: Any, kind: Any, location: Location) -> Iterator[Fault]:
    """Yield what keeps ``value`` from being a ``kind``; nothing if it is one."""
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        whole = location, str(error).rpartition(" - at `$")[0] or str(error)
        within = chain.from_iterable(faults_within(value, member, location) for member in members(kind))
        yield next(within, whole)
        yield from within


def faults_within(value: Any, kind: Any, location: Location) -> Iterator[Fault]:
    """Yield the missing fields of a value, and the faults of the items in it."""
    if is_struct(kind) and isinstance(value, Mapping):
        for field in msgspec.structs.fields(kind):
            if field.required and field.encode_name not in value:
                yield (*location, field.encode_name), MISSING
    for item, inner, place in within(value, kind):
        yield from faults(item, inner, (*location, place))
