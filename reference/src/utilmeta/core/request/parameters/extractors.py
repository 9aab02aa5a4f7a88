"""Extractors: functions that take a parameter's text out of the request, before it is validated.

An extractor returns a text, a list of texts, a mapping of these for a whole set, or UNSET where nothing was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from utilmeta.core.request.parameters.parameter import Parameter
from utilmeta.core.request.request import Request
from utilmeta.core.request.schemas.model import Model
from utilmeta.core.request.unset import UNSET

Values = Mapping[str, str]
"""The values of the route's template names."""

Extractor = Callable[[Request, Values], Any]


def compile_extractor(parameter: Parameter) -> Extractor:
    """Return the extractor of a parameter outside the body.

    Of several texts it returns the last, or all of them where the parameter's type takes many.
    """
    if parameter.model is not None:
        return whole_set(parameter, parameter.model)
    key = parameter.key
    match parameter.marker.place:
        case "path":
            return lambda request, values: values.get(key, UNSET)
        case "query" if parameter.many:
            return lambda request, values: request.query.getlist(key) or UNSET
        case "query":
            return lambda request, values: request.query.get(key, UNSET)
        case "header":
            return text_of(lambda request: request.header(key), many=parameter.many)
        case _:
            return text_of(lambda request: request.cookies.get(key), many=parameter.many)


def text_of(find: Callable[[Request], str | None], *, many: bool) -> Extractor:
    """Return an extractor of a header or cookie that ``find`` finds, split at commas where the type takes ``many``."""

    def lookup(request: Request, values: Values) -> Any:
        text = find(request)
        return UNSET if text is None else split(text) if many else text

    return lookup


def whole_set(parameter: Parameter, model: Model) -> Extractor:
    """Return an extractor of all of the query, headers or cookies, for a model."""
    members = MEMBERS[parameter.marker.place](model)
    declared = frozenset(name for field in model.fields or () for name in field.names)

    def lookup(request: Request, values: Values) -> Any:
        found = members(request)
        if parameter.optional and not (declared.intersection(found) if declared else found):
            return UNSET
        return found

    return lookup


def query_members(model: Model) -> Callable[[Request], dict[str, Any]]:
    """Return a function that gives the query as a model's members."""
    return lambda request: model.members(request.query.lists())


def cookie_members(model: Model) -> Callable[[Request], dict[str, Any]]:
    """Return a function that gives the cookies as a model's members."""
    return lambda request: listed(model, request.cookies)


def header_members(model: Model) -> Callable[[Request], dict[str, Any]]:
    """Return a function that gives the headers as a model's members."""
    members = header_texts(model)
    return lambda request: members(request.headers)


def header_texts(model: Model) -> Callable[[Mapping[str, str]], dict[str, Any]]:
    """Return a function from headers, whose names are in lower case, to a model's members."""
    names = {name: header_name(name, field.aliased).lower() for field in model.fields or () for name in field.names}

    def members(headers: Mapping[str, str]) -> dict[str, Any]:
        found = dict(headers)
        for name, header in names.items():
            if header in found:
                found[name] = found[header]
        return listed(model, found)

    return members


MEMBERS: Mapping[str, Callable[[Model], Callable[[Request], dict[str, Any]]]] = {
    "query": query_members,
    "header": header_members,
    "cookie": cookie_members,
}


def header_name(name: str, aliased: bool) -> str:
    """Return the name of the header that a model's member is sent in."""
    return name if aliased else name.replace("_", "-")


def listed(model: Model, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return headers or cookies with those that take many values split into lists, at the commas (RFC 9110, 5.3)."""
    repeated = model.repeated
    return {name: split(text) if repeated is None or name in repeated else text for name, text in texts.items()}


def split(text: str) -> list[str]:
    """Split a header's value at its commas."""
    return [part.strip() for part in text.split(",")]
