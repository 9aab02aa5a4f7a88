"""Parameters of request functions: where each is sent, checked by its type before anything is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pydantic

from utilmeta.core.annotations.signature import signature_of
from utilmeta.core.cli.error import ArgumentError
from utilmeta.core.cli.request import FORM, ClientRequest, encode, text, texts
from utilmeta.core.request.markers import Body, FilePathParam, Form, Json
from utilmeta.core.request.parameters.binding import declared, is_mapping, without_markers
from utilmeta.core.request.parameters.constraint import constrained
from utilmeta.core.request.parameters.parameter import Parameter
from utilmeta.core.request.schemas.adapter import compile_adapter
from utilmeta.core.request.unset import UNSET, DefaultFactory
from utilmeta.utils.exceptions import DeclarationError

Put = Callable[[ClientRequest, Any], None]


@dataclass(frozen=True)
class Sent:
    """A parameter of a request function; ``put`` writes its value into a request.

    One that is not sent has neither ``check`` nor ``put``. A value of a path is put into the URL instead.
    """

    name: str
    check: Callable[[Any], Any] | None
    put: Put | None
    default: Any
    path: bool = False
    rest: bool = False


def compile_sent(function: Callable[..., Any], label: str, names: Sequence[str], cls: type) -> Iterator[Sent]:
    """Yield the parameters of a request function, whose route has ``names``. Raises DeclarationError."""
    own = list(signature_of(function).parameters.values())[1:]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise DeclarationError(f"{label}: {min(twice)!r} is twice in its route")
    missing = [name for name in names if name not in {each.name for each in own}]
    if missing:
        raise DeclarationError(f"{label}: its route has {missing[0]!r}, for which there is no parameter")
    for parameter in declared(function, label, frozenset(names), cls):
        if parameter.name.startswith("_"):
            yield Sent(parameter.name, None, None, parameter.default)
        else:
            yield compile_parameter(parameter, label)


def compile_parameter(parameter: Parameter, label: str) -> Sent:
    """Return how one parameter is sent."""
    where = f"{label}: parameter {parameter.name!r}"
    marker = parameter.marker
    plain = without_markers(parameter.annotation)
    adapter = compile_adapter(plain if marker.whole else constrained(plain, marker, where), where)
    path = marker.place == "path"
    put = None if path else putter(parameter, marker)
    rest = isinstance(marker, FilePathParam)
    return Sent(parameter.name, adapter.validate_python, put, parameter.default, path, rest)


def putter(parameter: Parameter, marker: Any) -> Put:
    """Return the function that writes a value into its place of a request."""
    if marker.place == "body":
        return whole_body(marker) if isinstance(marker, Body) else body_field(parameter.sent_as)
    if marker.whole:
        return whole(marker.place, parameter.shown)
    name = parameter.sent_as
    if marker.place == "query":

        def put_query(request: ClientRequest, value: Any) -> None:
            found = texts(members(value))
            if found or isinstance(value, (list, tuple, set, frozenset)):
                request.query[name] = found

        return put_query
    if marker.place == "header":
        mapped = is_mapping(without_markers(parameter.annotation))

        def put_header(request: ClientRequest, value: Any) -> None:
            request.headers[name] = encode(value).decode("ascii") if mapped else ", ".join(texts(members(value)))

        return put_header

    def put_cookie(request: ClientRequest, value: Any) -> None:
        request.cookies[name] = ",".join(texts(members(value)))

    return put_cookie


def members(value: Any) -> Any:
    """Return a value whose items are texts, numbers and lists, as JSON writes it."""
    return value if type(value) in (str, int, bool) else json.loads(encode(value))


def whole(place: str, shown: Mapping[str, str]) -> Put:
    """Return the function that writes each member of a model into its place."""

    def put(request: ClientRequest, value: Any) -> None:
        for name, member in members(value).items():
            if member is None:
                continue
            if place == "query":
                request.query[name] = texts(member)
            elif place == "header":
                request.headers[shown.get(name, name).replace("_", "-")] = ", ".join(texts(member))
            else:
                request.cookies[name] = ",".join(texts(member))

    return put


def whole_body(marker: Body) -> Put:
    """Return the function that makes a value the body."""
    if isinstance(marker, Form):
        kind = FORM
    elif marker.content_type is not None and not isinstance(marker, Json):
        kind = marker.content_type
    else:
        kind = "application/json"

    def put(request: ClientRequest, value: Any) -> None:
        request.data = value if isinstance(value, (str, bytes)) else members(value)
        request.headers["Content-Type"] = kind

    return put


def body_field(name: str) -> Put:
    """Return the function that makes a value a field of the body."""

    def put(request: ClientRequest, value: Any) -> None:
        if request.data is None:
            request.data = {}
        request.data[name] = members(value)

    return put


def checked(parameters: Sequence[Sent], given: Mapping[str, Any], label: str) -> dict[str, Any]:
    """Return the arguments of a call by name, converted, with defaults. Raises ArgumentError naming what is wrong."""
    found: dict[str, Any] = {}
    for parameter in parameters:
        name = parameter.name
        value = given.get(name, UNSET)
        if value is UNSET:
            default = parameter.default
            if default is UNSET:
                raise ArgumentError(f"{label}: the argument {name!r} is missing")
            found[name] = default.make() if isinstance(default, DefaultFactory) else default
        elif parameter.check is None or (value is None and parameter.default is None):
            found[name] = value
        else:
            try:
                found[name] = parameter.check(value)
            except pydantic.ValidationError as error:
                first = error.errors(include_url=False, include_context=False, include_input=False)[0]
                where = ".".join([name, *(str(part) for part in first["loc"])])
                raise ArgumentError(f"{label}: the argument {where!r}: {first['msg']}") from None
    return found


def filled(template: str, parameters: Sequence[Sent], values: Mapping[str, Any], label: str) -> str:
    """Return a route with its names replaced by their values, each one segment (CLIENT-9). Raises ArgumentError."""
    for parameter in parameters:
        if parameter.path:
            if values[parameter.name] is None:
                template = template.replace(f"/{{{parameter.name}}}", "")
                continue
            value = text(values[parameter.name])
            segments = value.split("/") if parameter.rest else [value]
            if any(segment in (".", "..") for segment in segments) or (not value and not parameter.rest):
                raise ArgumentError(
                    f"{label}: the argument {parameter.name!r} is {value!r}, which is no segment of a path"
                )
            template = template.replace(f"{{{parameter.name}}}", quote(value, safe="/" if parameter.rest else ""))
    return template
