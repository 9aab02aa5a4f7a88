"""Compilation of an annotation into a validator, by pydantic, or by msgspec or utype for their types.

A type of theirs may stand anywhere in an annotation, also in that of a TypedDict. All of them raise
pydantic.ValidationError, whose locations are the names as they were sent. Neither library is imported here: a service
that annotates a type of it has imported it.
"""

from __future__ import annotations

import collections.abc
import functools
import importlib
import sys
import types
import typing
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Protocol, get_args, get_origin

import pydantic
import pydantic_core
import typing_extensions

from utilmeta.core.annotations.memoize import once
from utilmeta.core.annotations.typed_dict import keys_of, remade
from utilmeta.core.request.schemas.constraint_check import checked
from utilmeta.core.request.schemas.core_schema import Schema, compile_schema, rewritten
from utilmeta.core.request.schemas.default_copy import copying
from utilmeta.core.request.schemas.enum_text import converting, keyed
from utilmeta.core.request.schemas.error_location import labelled, width_of
from utilmeta.core.request.schemas.field import Field
from utilmeta.core.request.schemas.hash_collision import hashed
from utilmeta.core.request.schemas.pydantic_guard import guarded
from utilmeta.core.request.schemas.validation_error import MOST_OFFENCES
from utilmeta.utils.exceptions import DeclarationError

LIBRARIES = {"msgspec": "utilmeta.core.request.schemas.msgspec", "utype": "utilmeta.core.request.schemas.utype"}
CONTAINERS = ("builtins", "collections", "collections.abc", "typing")
# What pydantic raises for an annotation that nothing can be validated against, within ``only_types``.
UNCHECKABLE = (pydantic.PydanticUserError, pydantic_core.SchemaError, TypeError, NameError, AttributeError, UserWarning)


class Library(Protocol):
    """Interface of the modules that adapt another library's types, ``msgspec`` and ``utype``."""

    def owns(self, kind: Any) -> bool:
        """Return whether ``kind`` is a type of the library."""

    def compile_validator(self, kind: Any) -> Callable[[Any], Any]:
        """Return a function that validates a JSON value or texts against ``kind``.

        The function raises pydantic.ValidationError.
        """

    def fields_of(self, kind: Any) -> tuple[Field, ...] | None:
        """Return the fields of a type, None for a type without fields."""


class Adapter:
    """Validators of one type, for JSON values; ``texts`` is the adapter for what is sent as texts.

    ``core_schema`` is pydantic's, changed for requests: names in errors (ERROR-2c), defaults of fields (REQUEST-16),
    keys of mappings (REQUEST-18), types that raise (REQUEST-19), hashes (SECURITY-7c). More errors than ``most_errors``
    are not told one by one.
    """

    def __init__(self, core_schema: Schema, validator: Any = None) -> None:
        made = compile_schema(core_schema) if validator is None else validator
        self.core_schema = core_schema
        self.most_errors = MOST_OFFENCES * width_of(core_schema)
        self.validate_python: Callable[..., Any] = made.validate_python
        self.validate_json: Callable[[Any], Any] = made.validate_json

    @functools.cached_property
    def texts(self) -> Adapter:
        """The adapter of the same type for texts, of queries or forms for example."""
        schema = rewritten(self.core_schema, converting)
        return self if schema is self.core_schema else Adapter(schema)


@once
def compile_adapter(annotation: Any, label: str) -> Adapter:
    """Return the Adapter that validates values of ``annotation``; equal annotations share one.

    Raises DeclarationError, which begins with ``label``, for a type that cannot be validated.
    """

    def change(schema: Schema) -> Schema:
        return hashed(labelled(guarded(copying(checked(schema, label), label), label)))

    try:
        with only_types():
            adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(view(annotation))
            if not getattr(adapter, "pydantic_complete", True):  # since pydantic 2.10
                adapter.rebuild()  # raises with the name that does not resolve
        as_declared: Any = adapter.core_schema
        schema = keyed(rewritten(as_declared, change))
        return Adapter(schema, adapter.validator if schema is as_declared else None)
    except UNCHECKABLE as error:
        raise DeclarationError(f"{label} has a type that cannot be validated: {error}") from error


@contextmanager
def only_types() -> Iterator[None]:
    """Have pydantic raise UserWarning for what is no type, which it would take for Any."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".* is not a Python type")
        yield


def library_of(kind: Any) -> Library | None:
    """Return the module that adapts the library of ``kind``, None for a type of no such library."""
    for name, module in LIBRARIES.items():
        if name in sys.modules:
            library: Library = importlib.import_module(module)
            if library.owns(kind):
                return library
    return None


def view(kind: Any, within: tuple[Any, ...] = ()) -> Any:
    """Return ``kind`` with types of other libraries replaced by ones that pydantic can validate."""
    if typing_extensions.is_typeddict(kind):
        return kind if kind in within else typed_dict(kind, (*within, kind))
    library = library_of(kind)
    if library is not None:
        return Annotated[Any, pydantic.PlainValidator(library.compile_validator(kind))]
    origin, arguments = get_origin(kind), get_args(kind)
    if not arguments or origin is typing.Literal or origin is collections.abc.Callable:
        return kind
    if origin is Annotated:
        inner = view(arguments[0], within)
        annotated = (inner, *arguments[1:])
        return kind if inner is arguments[0] else Annotated[annotated]
    viewed = tuple(view(argument, within) for argument in arguments)
    if all(now is before for now, before in zip(viewed, arguments, strict=True)):
        return kind
    if origin in (typing.Union, types.UnionType):
        return typing.Union[viewed]  # noqa: UP007 - of a tuple
    return origin[viewed] if getattr(origin, "__module__", None) in CONTAINERS else kind


def typed_dict(kind: Any, within: tuple[Any, ...]) -> Any:
    """Return a copy of a TypedDict with the types of its keys replaced by ``view``."""
    made: Any = remade(kind.__name__, keys_of(kind), lambda hint: view(hint, within))
    made.__doc__ = kind.__doc__
    if hasattr(kind, "__pydantic_config__"):
        setattr(made, "__pydantic_config__", kind.__pydantic_config__)  # noqa: B010 - pydantic's own name for it
    return made
