"""Validation of results against the annotations of the endpoints that return them (PREFERENCE-2).

It is strict: nothing is converted, and what is checked is what is sent. So a dataclass or model in an annotation stands
for an instance whose fields have the types that its class declares, although its constructor might convert. An object
of the same class within it is checked for its class alone; constraints of fields are left to the constructor.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pydantic
import pydantic_core
import typing_extensions

from utilmeta.core.annotations.generic import Open
from utilmeta.core.annotations.signature import hints_of
from utilmeta.core.annotations.typed_dict import keys_of, remade
from utilmeta.core.errors.framework import is_response
from utilmeta.core.request.schemas.adapter import UNCHECKABLE, only_types
from utilmeta.core.response.lazy import is_lazy
from utilmeta.core.response.response import Response
from utilmeta.utils.exceptions import DeclarationError, ResultMismatch

Check = Callable[[Any], Any]

CONFIG = pydantic.ConfigDict(strict=True, extra="forbid", arbitrary_types_allowed=True)
CONTAINERS = ("builtins", "collections", "collections.abc")
UNCHECKED = (Any, typing.NoReturn, typing_extensions.Never)
SHOWN = 5  # fields named in an error


def compile_check(function: Callable[..., Any], label: str, cls: type | None = None) -> Check | None:
    """Return the check of results of ``function``, of class ``cls``, called ``label`` in errors; it returns the result.

    None where no type is annotated, or Any, NoReturn or Never. The check raises ResultMismatch. Raises DeclarationError
    for an annotation that nothing can be checked against.
    """
    return check_of(hints_of(function, cls).get("return", Any), label)


def check_of(annotation: Any, label: str) -> Check | None:
    """Return the check of results against ``annotation``, or None; see ``compile_check``."""
    if isinstance(annotation, Open):
        annotation.refuse(f"{label}: its result")
    annotation = unparameterized(annotation)
    if annotation in UNCHECKED:
        return None
    try:
        validate = compile_validator(annotation)
    except UNCHECKABLE as error:
        raise DeclarationError(f"{label}: its result is annotated with what cannot be checked: {error}") from error
    admitted = tuple(part for part in members(annotation) if isinstance(part, type) and issubclass(part, Response))

    def check(result: Any) -> Any:
        if isinstance(result, Response):
            if not isinstance(result, admitted) and promises(result):
                result.result = check(result.result)
            return result
        if is_response(result) or is_lazy(result):
            return result  # a response object is sent as it is (BACKEND-11), a lazy result refused later (RESPONSE-8)
        try:
            validate((result,), strict=True)
        except pydantic.ValidationError as error:
            raise ResultMismatch(label, list(complaints(error))) from None
        return result

    return check


def compile_validator(annotation: Any) -> Callable[..., Any]:
    """Return a strict validator for an annotation; it takes the value in a tuple of one."""
    # In a tuple, because a type with its own configuration ignores this one.
    alone: Any = types.GenericAlias(tuple, (field_view(annotation),))
    with only_types():
        return pydantic.TypeAdapter(alone, config=CONFIG).validator.validate_python


def promises(response: Response) -> bool:
    """Return whether the annotation applies to a response's content; it does not to that of an error, for example."""
    return response.status < 300 and response.has_content


def complaints(error: pydantic.ValidationError) -> Iterator[str]:
    """Yield each field that does not fit and the reason, but not its value, which may be a secret."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    for each in found[:SHOWN]:
        field = ".".join(str(part) for part in each["loc"][1:] if not str(part).startswith("function-"))
        yield f"{field}: {each['msg']}" if field else each["msg"]
    if len(found) > SHOWN:
        yield f"and {len(found) - SHOWN} more"


def unparameterized(annotation: Any) -> Any:
    """Return an annotation with Response in place of ``Response[Point]``, whose results are their own (RESPONSE-11)."""
    origin = get_origin(annotation)
    if isinstance(origin, type) and issubclass(origin, Response):
        return origin
    if origin is Annotated:
        annotated = (unparameterized(get_args(annotation)[0]), *get_args(annotation)[1:])
        return Annotated[annotated]
    if origin in (typing.Union, types.UnionType):
        return typing.Union[tuple(map(unparameterized, get_args(annotation)))]  # noqa: UP007 - of a tuple
    return annotation


def members(annotation: Any) -> Iterable[Any]:
    """Return the types of a union, or the one type."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return members(get_args(annotation)[0])
    return get_args(annotation) if origin in (typing.Union, types.UnionType) else (annotation,)


def field_view(kind: Any, within: tuple[type, ...] = ()) -> Any:
    """Return ``kind`` with its dataclasses, models and TypedDicts replaced by their declared fields, to any depth."""
    if kind in within:
        return kind
    if typing_extensions.is_typeddict(kind):
        return typed_dict(kind, keys_of(kind), within)
    if isinstance(kind, type) and not get_args(kind):
        fields = fields_of(kind)
        if fields is None:
            return kind
        return Annotated[typed_dict(kind, fields, within), pydantic.BeforeValidator(partial(values_of, kind, fields))]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        annotated = (field_view(arguments[0], within), *arguments[1:])
        return Annotated[annotated]
    viewed = tuple(field_view(argument, within) for argument in arguments)
    if origin in (typing.Union, types.UnionType):
        return typing.Union[viewed]  # noqa: UP007 - of a tuple
    if origin is collections.abc.Iterable:
        return Annotated[list[viewed[0]], pydantic.BeforeValidator(listed)]  # type: ignore[valid-type]
    if getattr(origin, "__module__", None) in CONTAINERS and origin is not collections.abc.Callable:
        return origin[viewed]
    return kind


def fields_of(kind: type) -> Mapping[str, Any] | None:
    """Return the declared types of a dataclass's or model's fields; None for any other class."""
    if issubclass(kind, pydantic.BaseModel):
        return {name: field.annotation for name, field in kind.model_fields.items()}
    if not dataclasses.is_dataclass(kind):
        return None
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def typed_dict(kind: type, fields: Mapping[str, Any], within: tuple[type, ...]) -> Any:
    """Return a TypedDict of declared fields, to check an object by."""
    inner = (*within, kind)
    return remade(kind.__name__, fields, lambda hint: field_view(hint, inner))


def values_of(kind: type, fields: Mapping[str, Any], value: Any) -> dict[str, Any]:
    """Return the field values of an instance of ``kind``; raise a pydantic error for any other value."""
    if not isinstance(value, kind):
        raise pydantic_core.PydanticCustomError(
            "instance", "Input should be an instance of {name}", {"name": kind.__name__}
        )
    return {name: getattr(value, name) for name in fields if hasattr(value, name)}


def listed(value: Any) -> Any:
    """Return an iterable as a list, but an iterator, which can be read only once, as an empty one."""
    if isinstance(value, Iterator):
        return []
    return list(value) if isinstance(value, Iterable) and not isinstance(value, (str, bytes)) else value
