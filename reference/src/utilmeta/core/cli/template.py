"""Answers as Responses: the plain one, and the templates that a request function is annotated with.

Of several templates the one with the answer's status is taken, else the first without a status that the answer parses
as (CLIENT-g12).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, get_origin

import pydantic

from utilmeta.core.annotations.generic import Open, alias_of, specialized
from utilmeta.core.annotations.signature import hints_of
from utilmeta.core.cli.error import UnexpectedResponse, reason_of
from utilmeta.core.cli.request import ClientRequest
from utilmeta.core.cli.streams.template import StreamTemplate, compile_stream
from utilmeta.core.cli.transport.message import Lines
from utilmeta.core.request.content_type import is_json, media_type, type_parameter
from utilmeta.core.request.parameters.extractors import header_texts
from utilmeta.core.request.schemas.adapter import compile_adapter
from utilmeta.core.request.schemas.model import compile_model
from utilmeta.core.response.response import RECEIVED, Response
from utilmeta.core.response.stream import is_stream
from utilmeta.core.response.template import alternatives, declared_type, declares, given_result, is_response
from utilmeta.utils.exceptions import DeclarationError


class Mismatch(Exception):
    """An answer does not parse as a template; the text says what of it, and not its values."""


@dataclass(frozen=True)
class Template:
    """A compiled template. ``status`` is None where it is for every status."""

    made: type[Response[Any]]
    name: str
    status: int | None
    result: Callable[[Any], Any] | None
    headers: Callable[[Any], Any] | None
    keys: Sequence[tuple[str, str]] = ()
    """Which attribute, beside ``result``, is which member of the body."""
    kind: Any = field(default=Any, compare=False)
    header_kind: Any = field(default=None, compare=False)

    def read(self, plain: Response[Any]) -> Response[Any]:
        """Return the answer as this template. Raises Mismatch."""
        data = plain.data
        members = data if isinstance(data, dict) else {}
        found = blank(self.made, plain.status, plain.fields, plain.request)
        found.data = result = data
        key = self.made.result_key
        if key is not None:
            if key not in members and self.result is not None:
                raise Mismatch(f"it has no member {key!r}")
            result = members.get(key)
        found.result = result if self.result is None else checked(self.result, result, "its result")
        for name, key in self.keys:
            setattr(found, name, members.get(key))
        if self.headers is not None:
            found._read = checked(self.headers, together(plain.fields), "its headers")  # type: ignore[attr-defined]
        return found


@dataclass(frozen=True)
class Returns:
    """What a request function returns: ``templates`` in their order, and whether a plain Response is among them."""

    templates: Sequence[Template]
    plain: bool
    streams: Sequence[StreamTemplate] = ()
    bounded: bool = False
    """Whether the function has a timeout of its own, which bounds all of a stream."""

    def read(self, plain: Response[Any], *, fail_silently: bool) -> Response[Any]:
        """Return the answer as what fits. Raises UnexpectedResponse."""
        if not self.templates and not self.streams:
            return plain
        reasons = []
        fitting = [each for each in self.templates if each.status == plain.status]
        for template in [*fitting, *(each for each in self.templates if each.status is None)]:
            try:
                return template.read(plain)
            except Mismatch as mismatch:
                reasons.append(f"{template.name}: {mismatch}")
        if self.plain or fail_silently:
            return plain
        names = ", ".join([*(stream.name for stream in self.streams), *(template.name for template in self.templates)])
        why = "; ".join(reasons) or "none is for this status"
        request = plain.request
        place = request.place if isinstance(request, ClientRequest) else "the request"
        raise UnexpectedResponse(f"{place}: the answer {plain.status} is no {names} ({why})", request, plain)


PLAIN = Returns((), True)


def blank(kind: type[Response[Any]], status: int, fields: Lines, request: Any) -> Response[Any]:
    """Return a Response of an answer that has nothing in it yet."""
    found = object.__new__(kind)
    found.error = None
    found.status = status
    found.fields = list(fields)
    found.request = request
    found.data = found.result = found.state = found.message = found.count = None
    found._settled = (RECEIVED, fields)
    return found


def is_answer(response: Response[Any]) -> bool:
    """Return whether a Response came from a server."""
    return response._settled[0] == RECEIVED


def received(status: int, fields: Lines, body: bytes, request: ClientRequest) -> Response[Any]:
    """Return the plain Response of an answer."""
    found: Response[Any] = blank(Response, status, fields, request)
    kind = ""
    for name, value in fields:
        if not kind and name.lower() == "content-type":
            kind = value
        elif name.lower() == "content-encoding" and value.strip().lower() != "identity":
            found.data = found.result = body or None  # a coding that is not known
            return found
    found.data = found.result = data_of(body, kind)
    return found


def failed(status: int, error: BaseException, request: ClientRequest) -> Response[Any]:
    """Return the Response of a request that was not answered (CLIENT-2a)."""
    found: Response[Any] = blank(Response, status, (), request)
    found.error = error
    return found


def together(fields: Lines) -> dict[str, str]:
    """Return headers by their names in lower case, those of one name as one (RFC 9110, 5.3), of cookies the first."""
    found: dict[str, str] = {}
    for name, value in fields:
        key = name.lower()
        if key not in found:
            found[key] = value
        elif key != "set-cookie":
            found[key] += f", {value}"
    return found


def data_of(body: bytes, content_type: str) -> Any:
    """Return a body as its content type says: JSON parsed, a text as one, None where it is empty, else the bytes."""
    if not body:
        return None
    kind = media_type(content_type)
    if is_json(kind):
        try:
            other = b"\0" in body or body[:1] == b"\xef"  # UTF-16, UTF-32 or a byte order mark
            return json.loads(body if other else body.decode())
        except (ValueError, RecursionError):
            return body.decode("utf-8", "replace")
    if kind.startswith("text/") or kind in ("application/xml", "application/javascript"):
        try:
            return body.decode(type_parameter(content_type, "charset") or "utf-8", "replace")
        except (LookupError, ValueError):  # no charset that there is
            return body.decode("utf-8", "replace")
    return body


def checked(validate: Callable[[Any], Any], value: Any, what: str) -> Any:
    """Return a validated value. Raises Mismatch, without the value, which may be a secret."""
    try:
        return validate(value)
    except pydantic.ValidationError as error:
        where, reason = reason_of(error)
        raise Mismatch(f"{', '.join([what, *filter(None, ['.'.join(where)])])}: {reason}") from None
    except RecursionError:
        raise Mismatch(f"{what} is nested too deeply") from None


def compile_returns(function: Any, cls: type, label: str) -> Returns:
    """Return what a request function is annotated to return; a plain Response where nothing is annotated.

    Raises DeclarationError, which begins with ``label``, for what is no Response.
    """
    try:
        annotation = hints_of(function, cls).get("return", Response)
    except DeclarationError:
        raise
    except Exception as error:
        raise DeclarationError(f"{label}: its annotations do not resolve: {error}") from error
    if isinstance(annotation, Open):
        annotation.refuse(f"{label}: what it returns")
    if annotation is None or annotation is type(None):
        raise DeclarationError(f"{label} is annotated to return None; a request function returns a Response")
    templates, streams, plain = [], [], False
    for kind in alternatives(annotation):
        if kind is Response or kind is Any:
            plain = True
        elif is_stream(get_origin(kind) or kind):
            streams.append(compile_stream(specialized(kind) if get_origin(kind) else kind, cls, label))
        elif alias_of(kind, Response):
            templates.append(compile_template(specialized(kind), cls))
        elif is_response(kind):
            templates.append(compile_template(kind, cls))
        elif kind is not type(None) and kind is not None:
            raise DeclarationError(
                f"{label} is annotated to return {kind!r}; a request function returns a Response, such as "
                f"Response[{name_of(kind)}]"
            )
    bounded = getattr(function.__operation__, "timeout", None) is not None
    return Returns(tuple(templates), plain or not (templates or streams), tuple(streams), bounded)


def name_of(kind: Any) -> str:
    """Return a type as it is written."""
    return str(getattr(get_origin(kind) or kind, "__name__", kind))


def compile_template(template: type[Response[Any]], cls: type) -> Template:
    """Return a compiled template, for a request function of ``cls``. Raises DeclarationError."""
    name = template.__qualname__
    status = getattr(template, "status", None)
    kind = declared_type(template, "result", cls) if declares(template, "result") else given_result(template, cls)
    read: Any = None
    header_kind: Any = None
    made = template
    if declares(template, "headers"):
        header_kind = declared_type(template, "headers", cls)
        model = compile_model(header_kind, f"{name}.headers")
        if model.fields is None:
            raise DeclarationError(f"{name}.headers is annotated with what is neither a model nor a mapping")
        members, validate = header_texts(model), model.adapter.texts.validate_python
        made = type(template.__name__, (template,), {"__module__": template.__module__, "__qualname__": name})
        made.headers = property(lambda found: found._read)  # type: ignore[method-assign, assignment]

        def read(fields: Any) -> Any:
            return validate(members(fields))

    result = None if kind is Any else compile_adapter(kind, f"{name}.result").validate_python
    keys = [(each, getattr(template, f"{each}_key")) for each in ("message", "state", "count")]
    named = tuple((each, key) for each, key in keys if key is not None)
    number = status if isinstance(status, int) else None
    return Template(made, name, number, result, read, named, kind, header_kind)
