"""Parameters of request functions: where each is sent, checked by its type before anything is."""

from __future__ import annotations

import inspect
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydantic

from utilmeta.core.annotations.signature import signature_of
from utilmeta.core.cli.bodies.form import file_members, has_file
from utilmeta.core.cli.error import ArgumentError, reason_of
from utilmeta.core.cli.request import COOKIE_NAME, FORM, ClientRequest, encode, text, texts
from utilmeta.core.cli.transport.url import segment
from utilmeta.core.file import File, declares_file
from utilmeta.core.request.content_type import JSON
from utilmeta.core.request.markers import Body, FilePathParam, Form, Json
from utilmeta.core.request.parameters.binding import declared, is_mapping, without_markers
from utilmeta.core.request.parameters.constraint import constrained
from utilmeta.core.request.parameters.parameter import Parameter
from utilmeta.core.request.regex import compile_match
from utilmeta.core.request.schemas.adapter import compile_adapter
from utilmeta.core.request.unset import UNSET, DefaultFactory
from utilmeta.core.routing.segment import NAME
from utilmeta.utils.exceptions import DeclarationError

Put = Callable[[ClientRequest, Any], None]
SCALARS = frozenset({str, int, bool, type(None)})


@dataclass(frozen=True)
class Sent:
    """A parameter of a request function; ``put`` writes its value into a request.

    One that is not sent has neither ``check`` nor ``put``. A value of a path is put into the URL instead, where it
    ``fits``; all that is left of it where it is a ``rest``.
    """

    name: str
    check: Callable[[Any], Any] | None
    put: Put | None
    default: Any
    positional: bool
    rest: bool = False
    fits: Callable[[str], bool] | None = None


def compile_sent(function: Callable[..., Any], label: str, names: Sequence[str], cls: type) -> Iterator[Sent]:
    """Yield the parameters of a request function, whose route has ``names``. Raises DeclarationError."""
    own = signature_of(function).parameters
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise DeclarationError(f"{label}: {min(twice)!r} is twice in its route")
    missing = [name for name in names if name not in list(own)[1:]]
    if missing:
        raise DeclarationError(f"{label}: its route has {missing[0]!r}, for which there is no parameter")
    earlier: list[Parameter] = []
    for parameter in declared(function, label, frozenset(names), cls):
        name, positional = parameter.name, own[parameter.name].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        if name.startswith("_"):
            yield Sent(name, None, None, parameter.default, positional)
        else:
            check_place(parameter, earlier, label)
            earlier.append(parameter)
            yield compile_parameter(parameter, label, positional=positional)


def check_place(parameter: Parameter, earlier: Sequence[Parameter], label: str) -> None:
    """Raise DeclarationError where an earlier parameter is sent in the place of this one."""
    marker = parameter.marker
    for other in earlier:
        wholes = [isinstance(each.marker, Body) for each in (parameter, other)]
        whole = marker.place == "body" and any(wholes)
        if other.marker.place == marker.place and (whole or (parameter.key and other.key == parameter.key)):
            cure = "declare one Body, or only BodyParam fields" if whole else "give one of them another name"
            raise DeclarationError(
                f"{label}: parameters {other.name!r} and {parameter.name!r} are sent in one place; {cure}"
            )


def compile_parameter(parameter: Parameter, label: str, *, positional: bool) -> Sent:
    """Return how one parameter is sent."""
    where = f"{label}: parameter {parameter.name!r}"
    marker, model = parameter.marker, parameter.model
    plain = without_markers(parameter.annotation)
    if marker.place == "cookie" and not marker.whole and not COOKIE_NAME.fullmatch(parameter.sent_as):
        raise DeclarationError(f"{where}: {parameter.sent_as!r} is no name of a cookie")
    adapter = compile_adapter(constrained(plain, marker, where), where) if model is None else model.adapter
    path = marker.place == "path"
    if declares_file(adapter.core_schema) and (marker.place != "body" or isinstance(marker, Json)):
        raise DeclarationError(f"{where} has a File, which is sent in a body that is no JSON; declare it as one")
    return Sent(
        parameter.name,
        adapter.validate_python,
        None if path else putter(parameter, marker),
        parameter.default,
        positional,
        isinstance(marker, FilePathParam),
        compile_match(re.compile(marker.regex)) if path and marker.regex is not None else None,
    )


def putter(parameter: Parameter, marker: Any) -> Put:
    """Return the function that writes a value into its place of a request."""
    if marker.place == "body":
        return whole_body(marker) if isinstance(marker, Body) else body_field(parameter.sent_as)
    if marker.whole:
        return whole(marker.place, parameter.shown)
    name = parameter.sent_as
    if marker.place == "query":

        def put_query(request: ClientRequest, value: Any) -> None:
            request.query[name] = value if type(value) in SCALARS else texts(finite(value))

        return put_query
    if marker.place == "header":
        mapped = is_mapping(without_markers(parameter.annotation))

        def put_header(request: ClientRequest, value: Any) -> None:
            request.headers[name] = json.dumps(finite(value)) if mapped else ", ".join(texts(finite(value)))

        return put_header

    def put_cookie(request: ClientRequest, value: Any) -> None:
        request.cookies[name] = cookie_text(finite(value))

    return put_cookie


def body_members(value: Any) -> Any:
    """Return a value of the body: files as they are, also as members, anything else as JSON writes it."""
    return value if has_file(value) else file_members(value) or members(value)


def cookie_text(value: Any) -> str:
    """Return items with commas between them, as an API reads a list. Raises ValueError for an item with a comma."""
    items = texts(value)
    if isinstance(value, list) and any("," in item for item in items):
        raise ValueError("an item of a list in a cookie has a comma")
    return ",".join(items)


def members(value: Any) -> Any:
    """Return a value whose items are texts, numbers and lists, as JSON writes it."""
    return value if type(value) in SCALARS else json.loads(encode(value))


def finite(value: Any) -> Any:
    """Return ``members`` of a value that has no NaN and no infinity, which no query, header or cookie has.

    Raises ValueError for one that has.
    """
    if not is_finite(value):
        raise ValueError("neither NaN nor an infinity can be sent there")
    return members(value)


def is_finite(value: Any) -> bool:
    """Return whether neither NaN nor an infinity is in a value."""
    if type(value) in SCALARS:
        return True
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Mapping):
        return all(map(is_finite, value.values()))
    if isinstance(value, (list, tuple, set, frozenset)):
        return all(map(is_finite, value))
    return not isinstance(value, pydantic.BaseModel) or is_finite(dict(value))


def whole(place: str, shown: Mapping[str, str]) -> Put:
    """Return the function that writes each member of a model into its place."""

    def put(request: ClientRequest, value: Any) -> None:
        for name, member in finite(value).items():
            if member is None:
                continue
            if place == "query":
                request.query[name] = texts(member)
            elif place == "header":
                request.headers[shown.get(name, name).replace("_", "-")] = ", ".join(texts(member))
            else:
                request.cookies[name] = cookie_text(member)

    return put


def whole_body(marker: Body) -> Put:
    """Return the function that makes a value the body."""
    if isinstance(marker, Form):
        kind: str | None = FORM
    else:
        kind = marker.content_type

    def put(request: ClientRequest, value: Any) -> None:
        octets = isinstance(value, (bytes, File))
        request.data = value if octets or isinstance(value, str) else body_members(value)
        if kind is not None or not (octets or file_members(request.data)):
            request.headers["Content-Type"] = kind or JSON

    return put


def body_field(name: str) -> Put:
    """Return the function that makes a value a field of the body."""

    def put(request: ClientRequest, value: Any) -> None:
        if request.data is None:
            request.data = {}
        request.data[name] = body_members(value)

    return put


def checked(parameters: Sequence[Sent], given: tuple[Any, ...], options: dict[str, Any], label: str) -> dict[str, Any]:
    """Return the arguments of a call by name, converted, with defaults. Raises ArgumentError naming what is wrong."""
    if given:
        names = [parameter.name for parameter in parameters if parameter.positional]
        if len(given) > len(names):
            raise ArgumentError(f"{label} takes {len(names)} positional arguments, and was given {len(given)}")
        for name, value in zip(names, given, strict=False):
            if name in options:
                raise ArgumentError(f"{label}: the argument {name!r} is given twice")
            options[name] = value
    found: dict[str, Any] = {}
    for parameter in parameters:
        name = parameter.name
        value = options.pop(name, UNSET)
        if value is UNSET:
            default = parameter.default
            if default is UNSET:
                raise ArgumentError(f"{label}: the argument {name!r} is missing")
            found[name] = default.make() if isinstance(default, DefaultFactory) else default
        elif parameter.check is None or (value is None and (parameter.default is None or parameter.put is not None)):
            found[name] = value
        else:
            try:
                found[name] = parameter.check(value)
            except pydantic.ValidationError as error:
                where, reason = reason_of(error)
                raise ArgumentError(f"{label}: the argument {'.'.join([name, *where])!r}: {reason}") from None
            except RecursionError:
                raise ArgumentError(f"{label}: the argument {name!r} is nested too deeply") from None
    if options:
        raise ArgumentError(f"{label} has no argument {next(iter(options))!r}")
    return found


def write(request: ClientRequest, parameters: Sequence[Sent], values: Mapping[str, Any], label: str) -> None:
    """Write the arguments of a call into its request. Raises ArgumentError naming what no request can hold."""
    for parameter in parameters:
        value = values[parameter.name]
        if value is not None and parameter.put is not None:
            try:
                parameter.put(request, value)
            except (TypeError, ValueError, RecursionError):
                raise ArgumentError(f"{label}: the argument {parameter.name!r} holds what cannot be sent") from None


Path = Sequence["str | Sent"]
"""A route, in literal texts and the parameters between them."""


def compile_path(template: str, parameters: Sequence[Sent], label: str) -> Path:
    """Return a route by its parts. Raises DeclarationError for one with other braces than those of names."""
    parts = NAME.split(template)
    if any(mark in part for part in parts[::2] for mark in "{}"):
        raise DeclarationError(f"{label}: its route {template!r} has braces that are no {{name}}")
    named = {parameter.name: parameter for parameter in parameters}
    return tuple(named[part] if at % 2 else part for at, part in enumerate(parts) if part)


def filled(path: Path, values: Mapping[str, Any], label: str) -> str:
    """Return a path with the values of its parameters, each one segment (CLIENT-9). Raises ArgumentError.

    The last segment is left out where it is a parameter that is None.
    """
    found = ""
    for part in path:
        if isinstance(part, str):
            found += part
            continue
        value = values[part.name]
        if value is None:
            if part is not path[-1] or found[-1:] not in ("", "/"):
                raise ArgumentError(f"{label}: the argument {part.name!r} is None, and more of the path follows it")
            return found[:-1]
        try:
            value = text(value)
        except ValueError:
            raise ArgumentError(f"{label}: the argument {part.name!r} holds what cannot be sent") from None
        segments = value.split("/") if part.rest else [value]
        if "." in segments or ".." in segments or not (value or part.rest):
            raise ArgumentError(f"{label}: the argument {part.name!r} is {value!r}, which is no segment of a path")
        if part.fits is not None and not part.fits(value):
            raise ArgumentError(f"{label}: the argument {part.name!r} does not match the regex of its parameter")
        found += "/".join(map(segment, segments))
    return found
