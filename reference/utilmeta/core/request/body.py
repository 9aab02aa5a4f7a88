"""The body of a request: of which types it may be, how it is parsed, and what of it becomes arguments.

In the order of ERROR-1f: ``read`` finds a type that is not taken (415) and a body that does not parse (400); ``take``
finds what is missing or does not convert, which is told with all other parameters (422).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pydantic
import pydantic_core

from utilmeta.core.request.argument import Arguments, Offence, Parameter, absent, offence, offences, take
from utilmeta.core.request.parameter import UNSET, Body, BodyParam
from utilmeta.core.request.request import Request
from utilmeta.utils.exceptions import BadRequest, DeclarationError, UnsupportedMediaType


@dataclass(frozen=True)
class BodyReader:
    """``read`` gives the content of a request's body; ``take`` adds what the endpoint takes of it to the arguments."""

    read: Callable[[Request], Any]
    take: Callable[[Any, Arguments, list[Offence]], None]


def compile_body(parameters: Sequence[Parameter], label: str) -> BodyReader | None:
    """How the body of an endpoint, called ``label`` in errors, is taken; None where no parameter is sent in it."""
    bodies = [parameter for parameter in parameters if isinstance(parameter.marker, Body)]
    fields = [parameter for parameter in parameters if isinstance(parameter.marker, BodyParam)]
    if len(bodies) > 1 or (bodies and fields):
        raise DeclarationError(
            f"{label}: parameter {bodies[-1].name!r} takes the whole body, which another parameter takes too; "
            "declare one Body, or only BodyParam fields"
        )
    if bodies:
        return whole_body(bodies[0])
    return body_fields(fields) if fields else None


def whole_body(body: Parameter) -> BodyReader:
    def read(request: Request) -> bytes:
        check_type(request)
        return request.body

    def taken(content: bytes, arguments: Arguments, errors: list[Offence]) -> None:
        take_body(body, content, arguments, errors)

    return BodyReader(read, taken)


def body_fields(fields: Sequence[Parameter]) -> BodyReader:
    def read(request: Request) -> Any:
        check_type(request)
        return parse_json(request.body)

    def taken(content: Any, arguments: Arguments, errors: list[Offence]) -> None:
        if isinstance(content, dict) or content is UNSET:
            members = content if isinstance(content, dict) else {}
            for parameter in fields:
                take(parameter, members.get(parameter.key, UNSET), arguments, errors)
        else:
            errors.append(offence("body", "", "Input should be an object"))

    return BodyReader(read, taken)


def take_body(parameter: Parameter, body: bytes, arguments: Arguments, errors: list[Offence]) -> None:
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
