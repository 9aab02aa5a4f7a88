"""From an endpoint's signature to a function that binds a request to its arguments.

Compiled once: each parameter becomes a place, a key and one pydantic validator. Per request only these run. Errors are
in the order of ERROR-1f: a body of a wrong type (415), a body or query that does not parse (400), and then every
parameter that is missing or does not convert, together (422).
"""

from __future__ import annotations

import copy
import inspect
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args, get_origin

import pydantic
import pydantic_core

from utilmeta.core.request.parameter import UNSET, Body, BodyParam, Param, PathParam, QueryParam
from utilmeta.core.request.request import Request
from utilmeta.utils.exceptions import BadRequest, DeclarationError, UnprocessableEntity, UnsupportedMediaType

Values = Mapping[str, str]
Bind = Callable[[Request, Values], dict[str, Any]]

SEQUENCES = (list, tuple, set, frozenset)
MISSING = "is required"


@dataclass(frozen=True)
class Parameter:
    """One parameter of an endpoint, compiled.

    It is sent as ``sent_as`` and looked up as ``key``, which for a header is in lower case. ``validate`` is None where
    text needs no check.
    """

    name: str
    marker: Param
    sent_as: str
    key: str
    default: Any
    many: bool
    adapter: pydantic.TypeAdapter[Any]
    validate: Callable[[Any], Any] | None

    @property
    def optional(self) -> bool:
        return self.default is not UNSET


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
    bodies = [parameter for parameter in parameters if isinstance(parameter.marker, Body)]
    fields = [parameter for parameter in parameters if isinstance(parameter.marker, BodyParam)]
    if len(bodies) > 1 or (bodies and fields):
        raise DeclarationError(
            f"{label}: parameter {bodies[-1].name!r} takes the whole body, which another parameter takes too; "
            "declare one Body, or only BodyParam fields"
        )
    paths = [parameter for parameter in parameters if parameter.marker.place == "path"]
    return Binding(
        parameters,
        binder(parameters, bodies[0] if bodies else None, fields) if parameters else None,
        bool(bodies or fields),
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
    try:
        adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(kind)
    except (pydantic.PydanticUserError, pydantic_core.SchemaError, TypeError, NameError) as error:
        raise DeclarationError(f"{label}: parameter {name!r} has a type that cannot be validated: {error}") from error
    plain = (kind is str or kind is Any) and not marker.bounds and marker.regex is None and marker.place != "body"
    sent_as = marker.sent_as(name)
    key = sent_as.lower() if marker.place == "header" else sent_as
    return Parameter(name, marker, sent_as, key, default, many, adapter, None if plain else adapter.validate_python)


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


def takes_many(annotation: Any) -> bool:
    """Whether the type takes several values: a list, tuple, set or sequence, or a union with one."""
    origin = get_origin(annotation)
    if origin is Annotated or origin is typing.Union or origin is types.UnionType:
        kinds = get_args(annotation)[:1] if origin is Annotated else get_args(annotation)
        return any(takes_many(kind) for kind in kinds)
    kind = origin or annotation
    return isinstance(kind, type) and (issubclass(kind, SEQUENCES) or kind is typing.get_origin(Sequence[Any]))


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


def binder(parameters: Sequence[Parameter], body: Parameter | None, fields: Sequence[Parameter]) -> Bind:
    sent = [parameter for parameter in parameters if parameter.marker.place != "body"]

    def bind(request: Request, values: Values) -> dict[str, Any]:
        arguments: dict[str, Any] = {}
        errors: list[dict[str, str]] = []
        content: Any = UNSET
        if body is not None or fields:
            check_type(request)
            if body is None:
                content = parse_json(request.body)
        for parameter in sent:
            take(parameter, find(parameter, request, values), arguments, errors)
        if body is not None:
            take_body(body, request.body, arguments, errors)
        elif isinstance(content, dict) or content is UNSET:
            members = content if isinstance(content, dict) else {}
            for parameter in fields:
                take(parameter, members.get(parameter.key, UNSET), arguments, errors)
        else:
            errors.append(offence("body", "", "Input should be an object"))
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


def take(parameter: Parameter, value: Any, arguments: dict[str, Any], errors: list[dict[str, str]]) -> None:
    if value is UNSET:
        absent(parameter, arguments, errors)
        return
    try:
        arguments[parameter.name] = value if parameter.validate is None else parameter.validate(value)
    except pydantic.ValidationError as error:
        errors.extend(offences(error, parameter.marker.place, parameter.sent_as))


def take_body(parameter: Parameter, body: bytes, arguments: dict[str, Any], errors: list[dict[str, str]]) -> None:
    if not body:
        absent(parameter, arguments, errors)
        return
    if b"NaN" in body or b"Infinity" in body:
        parse_json(body)  # the validator would take these two for numbers, which RFC 8259 does not
    try:
        arguments[parameter.name] = parameter.adapter.validate_json(body)
    except pydantic.ValidationError as error:
        if any(detail["type"] == "json_invalid" and not detail["loc"] for detail in error.errors(include_url=False)):
            raise unparsable() from None
        errors.extend(offences(error, "body", "", parameter.name))


def absent(parameter: Parameter, arguments: dict[str, Any], errors: list[dict[str, str]]) -> None:
    if parameter.default is UNSET:
        errors.append(offence(parameter.marker.place, parameter.sent_as, MISSING))
    elif isinstance(parameter.default, (list, dict, set)):
        arguments[parameter.name] = copy.deepcopy(parameter.default)
    else:
        arguments[parameter.name] = parameter.default


def check_type(request: Request) -> None:
    """A body is JSON: application/json, or a type with the +json suffix (RFC 6839), or of no declared type."""
    if not request.body:
        return
    kind = (request.header("content-type") or "application/json").partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise UnsupportedMediaType(f"The body must be application/json, not {kind}")


def parse_json(body: bytes) -> Any:
    """The value of a JSON text (RFC 8259: UTF-8, no NaN, no Infinity), UNSET for an empty one."""
    if not body:
        return UNSET
    try:
        return pydantic_core.from_json(body, allow_inf_nan=False)
    except ValueError:
        raise unparsable() from None


def unparsable() -> BadRequest:
    return BadRequest("The body is not valid JSON")


def offences(error: pydantic.ValidationError, place: str, key: str, whole: str = "") -> Iterable[dict[str, str]]:
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        name = ".".join(str(part) for part in ((key, *detail["loc"]) if key else detail["loc"]))
        yield offence(place, name or whole, MISSING if detail["type"] == "missing" else detail["msg"])


def offence(place: str, name: str, reason: str) -> dict[str, str]:
    return {"in": place, "name": name, "reason": reason}
