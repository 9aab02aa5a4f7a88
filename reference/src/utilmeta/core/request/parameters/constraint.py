"""Constraints of a marker, added to the type of its parameter; refused where the type cannot have them."""

from __future__ import annotations

import functools
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, get_args, get_origin

import annotated_types
import pydantic
import pydantic_core
import typing_extensions

from utilmeta.core.request.markers import Param
from utilmeta.core.request.regex import compile_match
from utilmeta.core.request.schemas.field import unnamed
from utilmeta.utils.exceptions import DeclarationError

SIZES = ("min_length", "max_length")
BOUNDS = ("ge", "gt", "le", "lt", *SIZES)
PAIRS = (("min_length", "max_length"), ("ge", "le"), ("ge", "lt"), ("gt", "le"), ("gt", "lt"))
NUMBERS = (int, float, Decimal)
# Constraints of a pydantic.Field beside bounds, and the types that can have them.
OTHERS: Mapping[str, tuple[type, ...]] = {
    "pattern": (str,),
    "multiple_of": NUMBERS,
    "max_digits": (Decimal,),
    "decimal_places": (Decimal,),
    "allow_inf_nan": (float, Decimal),
}


def constrained(annotation: Any, marker: Param, label: str) -> Any:
    """Return ``annotation`` with the constraints of ``marker`` added.

    Raises DeclarationError, which begins with ``label``, for constraints that the type cannot have or that exclude each
    other.
    """
    bounds = {**noted(annotation), **marker.bounds}
    for name, bound in bounds.items():
        for kind in kinds(annotation):
            if not applies(name, bound, kind):
                raise DeclarationError(f"{label}: {name}={bound!r} is no constraint for {shown(kind)}")
    for low, high in PAIRS:
        if low in bounds and high in bounds and excluded(bounds, low, high):
            raise DeclarationError(f"{label}: no value is both {low}={bounds[low]!r} and {high}={bounds[high]!r}")
    kind = annotation
    if marker.bounds:
        annotated = (kind, *pydantic.Field(**marker.bounds).metadata)  # hashable, unlike a Field
        kind = Annotated[annotated]
    if marker.regex is not None:
        match = matcher(marker.regex, label)
        if marker.place != "path":  # routing has matched it already
            kind = Annotated[kind, pydantic.BeforeValidator(match)]
    if marker.rules:
        from utilmeta.core.request.parameters.utype_rule import compile_rule

        rule = compile_rule(list(kinds(annotation)), marker.rules, label)
        kind = Annotated[kind, pydantic.AfterValidator(rule)]
    return kind


def noted(annotation: Any) -> dict[str, Any]:
    """Return the bounds in an Annotated type itself, as a pydantic.Field leaves them there."""
    notes = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    return {
        name: getattr(note, name)
        for note in notes
        if isinstance(note, annotated_types.BaseMetadata)
        for name in (*BOUNDS, *OTHERS)
        if getattr(note, name, None) is not None
    }


def kinds(annotation: Any) -> Iterator[Any]:
    """Yield the types that a value may have: those of a union, or of a Literal's members, without None."""
    annotation = unnamed(annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from kinds(get_args(annotation)[0])
    elif origin is typing.Union or origin is types.UnionType:
        for member in get_args(annotation):
            yield from kinds(member)
    elif origin is typing.Literal:
        yield from dict.fromkeys(type(member) for member in get_args(annotation) if member is not None)
    elif annotation is not type(None):
        yield origin or annotation


def applies(name: str, bound: Any, kind: Any) -> bool:
    """Return whether a value of type ``kind`` can have the constraint ``name`` with this bound."""
    if kind is Any:
        return False
    if not isinstance(kind, type):
        return True
    if name in OTHERS:
        return issubclass(kind, OTHERS[name])
    if name in SIZES:
        return has(kind, "__len__")
    if typing_extensions.is_typeddict(kind) or not has(kind, "__ge__"):
        return False
    return isinstance(bound, kind) or (issubclass(kind, NUMBERS) and isinstance(bound, NUMBERS))


def has(kind: type, method: str) -> bool:
    """Return whether instances of ``kind`` have a method that ``object`` lacks; its metaclass is not looked at."""
    return any(method in vars(base) for base in kind.__mro__[:-1])


def excluded(bounds: Mapping[str, Any], low: str, high: str) -> bool:
    """Return whether no value is between a lower and an upper bound."""
    try:
        return bool(bounds[low] > bounds[high] or ({low, high} & {"gt", "lt"} and bounds[low] == bounds[high]))
    except TypeError:  # they cannot be compared
        return False


def shown(kind: Any) -> str:
    """Return the name of a type for an error."""
    return "a parameter without a type" if kind is Any else kind.__name__


def matcher(regex: str, label: str) -> Callable[[Any], Any]:
    """Return a validator that takes a text, or a list of them, if all of each matches ``regex``.

    Equal regexes share one function. Raises DeclarationError for a regex that does not compile.
    """
    try:
        return matching(re.compile(regex))
    except (re.error, TypeError) as error:
        raise DeclarationError(f"{label}: its regex {regex!r} does not compile: {error}") from error


@functools.cache
def matching(pattern: re.Pattern[str]) -> Callable[[Any], Any]:
    """Return the validator of a compiled regex."""
    matches = compile_match(pattern)

    def match(value: Any) -> Any:
        for text in value if isinstance(value, list) else (value,):
            if text is not None and not (isinstance(text, str) and matches(text)):
                raise pydantic_core.PydanticCustomError(
                    "regex", "Does not match the pattern {pattern}", {"pattern": pattern.pattern}
                )
        return value

    return match
