"""From an endpoint's signature to a function that binds a request to its arguments.

Compiled once: each parameter becomes a place, a key and one pydantic validator. Per request only these run. Errors are
in the order of ERROR-1f: a body of a wrong type (415), a body or query that does not parse (400), and then every
parameter that is missing or does not convert, together (422).
"""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args, get_origin

import pydantic
import pydantic_core

from utilmeta.core.request.adapter import compile_adapter
from utilmeta.core.request.argument import Arguments, Offence, Parameter, take
from utilmeta.core.request.body import BodyReader, compile_body
from utilmeta.core.request.field import takes_many
from utilmeta.core.request.parameter import UNSET, Param, PathParam, QueryParam
from utilmeta.core.request.request import Request
from utilmeta.utils.exceptions import DeclarationError, UnprocessableEntity

Values = Mapping[str, str]
Bind = Callable[[Request, Values], Arguments]


@dataclass(frozen=True)
class Binding:
    """How an endpoint takes its arguments: ``bind`` is None when it takes none."""

    parameters: tuple[Parameter, ...]
    bind: Bind | None
    body: bool
    path_regexes: Mapping[str, str] = field(default_factory=dict)
    path_defaults: frozenset[str] = frozenset()


def compile_binding(function: Callable[..., Any], label: str, path_names: Iterable[str]) -> Binding:
    """Read the signature of ``function``, called ``label`` in errors, whose route has the given template names."""
    parameters = tuple(declared(function, label, frozenset(path_names)))
    body = compile_body(parameters, label)
    paths = [parameter for parameter in parameters if parameter.marker.place == "path"]
    return Binding(
        parameters,
        binder(parameters, body) if parameters else None,
        body is not None,
        {parameter.name: parameter.marker.regex for parameter in paths if parameter.marker.regex is not None},
        frozenset(parameter.name for parameter in paths if parameter.optional),
    )


# --- declaration ---


def declared(function: Callable[..., Any], label: str, path_names: frozenset[str]) -> Iterable[Parameter]:
    try:
        hints = typing.get_type_hints(function, include_extras=True)
    except (NameError, TypeError, AttributeError) as error:
        raise DeclarationError(f"{label}: its annotations do not resolve: {error}") from error
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY):
            raise DeclarationError(
                f"{label}: parameter {parameter.name!r} cannot be bound by name; endpoints take no *args, **kwargs or "
                "positional-only parameters"
            )
        yield compile_parameter(parameter, hints.get(parameter.name, Any), label, path_names)


def compile_parameter(
    parameter: inspect.Parameter, annotation: Any, label: str, path_names: frozenset[str]
) -> Parameter:
    name = parameter.name
    marker, default = marker_of(parameter, annotation, name in path_names)
    if isinstance(marker, PathParam) and name not in path_names:
        raise DeclarationError(f"{label}: path parameter {name!r} is not in its route template")
    if marker.place != "path" and name in path_names:
        raise DeclarationError(
            f"{label}: parameter {name!r} is in the route template, so it is no {marker.place} parameter"
        )
    many = takes_many(annotation)
    kind = annotation
    if marker.bounds:
        kind = Annotated[kind, pydantic.Field(**marker.bounds)]
    if marker.regex is not None:
        kind = Annotated[kind, pydantic.BeforeValidator(matcher(marker.regex, f"{label}: parameter {name!r}"))]
    adapter = compile_adapter(kind, f"{label}: parameter {name!r}")
    plain = (kind is str or kind is Any) and not marker.bounds and marker.regex is None and marker.place != "body"
    sent_as = marker.sent_as(name)
    key = sent_as.lower() if marker.place == "header" else sent_as
    return Parameter(
        name, annotation, marker, sent_as, key, default, many, adapter, None if plain else adapter.validate_python
    )


def marker_of(parameter: inspect.Parameter, annotation: Any, in_path: bool) -> tuple[Param, Any]:
    """The marker, from the default, else from Annotated metadata, else from the route or the query; and the default."""
    default = UNSET if parameter.default is parameter.empty else parameter.default
    if isinstance(default, type) and issubclass(default, Param):
        default = default()
    if isinstance(default, Param):
        return default, default.default
    for extra in get_args(annotation)[1:] if get_origin(annotation) is Annotated else ():
        marker = extra() if isinstance(extra, type) and issubclass(extra, Param) else extra
        if isinstance(marker, Param):
            return marker, marker.default if default is UNSET else default
    return (PathParam() if in_path else QueryParam()), default


def matcher(regex: str, label: str) -> Callable[[Any], Any]:
    try:
        pattern = re.compile(regex)
    except (re.error, TypeError) as error:
        raise DeclarationError(f"{label}: its regex {regex!r} does not compile: {error}") from error

    def match(value: Any) -> Any:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise pydantic_core.PydanticCustomError("regex", "Does not match the pattern {pattern}", {"pattern": regex})
        return value

    return match


# --- binding ---


def binder(parameters: Sequence[Parameter], body: BodyReader | None) -> Bind:
    sent = [parameter for parameter in parameters if parameter.marker.place != "body"]

    def bind(request: Request, values: Values) -> Arguments:
        arguments: Arguments = {}
        errors: list[Offence] = []
        content = UNSET if body is None else body.read(request)
        for parameter in sent:
            take(parameter, find(parameter, request, values), arguments, errors)
        if body is not None:
            body.take(content, arguments, errors)
        if errors:
            raise UnprocessableEntity(errors)
        return arguments

    return bind


def find(parameter: Parameter, request: Request, values: Values) -> Any:
    """What was sent for a parameter outside the body: a text, a list of texts, or UNSET."""
    match parameter.marker.place:
        case "path":
            return values.get(parameter.key, UNSET)
        case "query":
            texts = request.query.get(parameter.key)
            return UNSET if texts is None else texts if parameter.many else texts[-1]
        case "header":
            text = request.header(parameter.key)
        case _:
            text = request.cookies.get(parameter.key)
    if text is None:
        return UNSET
    return [part.strip() for part in text.split(",")] if parameter.many else text
