"""Where in a request a parameter is looked up: a text, a list of texts, a mapping of these, or UNSET for nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from utilmeta.core.request.parameters.parameter import Parameter
from utilmeta.core.request.request import Request
from utilmeta.core.request.schemas.model import Model
from utilmeta.core.request.unset import UNSET

Values = Mapping[str, str]
"""Those of the templates of the path, by name."""

Lookup = Callable[[Request, Values], Any]


def compile_lookup(parameter: Parameter) -> Lookup:
    """The look-up of a parameter outside the body; of several texts the last one counts, unless its type takes many."""
    if parameter.model is not None:
        return whole_set(parameter, parameter.model)
    key = parameter.key
    match parameter.marker.place:
        case "path":
            return lambda request, values: values.get(key, UNSET)
        case "query" if parameter.many:
            return lambda request, values: request.query.get(key, UNSET)
        case "query":
            return last_of_query(key)
        case "header":
            return text_of(lambda request: request.header(key), many=parameter.many)
        case _:
            return text_of(lambda request: request.cookies.get(key), many=parameter.many)


def last_of_query(key: str) -> Lookup:
    def lookup(request: Request, values: Values) -> Any:
        texts = request.query.get(key)
        return UNSET if texts is None else texts[-1]

    return lookup


def text_of(find: Callable[[Request], str | None], *, many: bool) -> Lookup:
    def lookup(request: Request, values: Values) -> Any:
        text = find(request)
        return UNSET if text is None else split(text) if many else text

    return lookup


def whole_set(parameter: Parameter, model: Model) -> Lookup:
    members = MEMBERS[parameter.marker.place](model)
    declared = frozenset(name for field in model.fields or () for name in field.names)

    def lookup(request: Request, values: Values) -> Any:
        found = members(request)
        if parameter.optional and not (declared.intersection(found) if declared else found):
            return UNSET
        return found

    return lookup


def query_members(model: Model) -> Callable[[Request], dict[str, Any]]:
    return lambda request: model.members(request.query)


def cookie_members(model: Model) -> Callable[[Request], dict[str, Any]]:
    return lambda request: listed(model, request.cookies)


def header_members(model: Model) -> Callable[[Request], dict[str, Any]]:
    names = {name: header_name(name, field.aliased).lower() for field in model.fields or () for name in field.names}

    def members(request: Request) -> dict[str, Any]:
        found = dict(request.headers)
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
    """The header that a member of a model is sent in."""
    return name if aliased else name.replace("_", "-")


def listed(model: Model, texts: Mapping[str, str]) -> dict[str, Any]:
    """Texts that are sent but once; where several are taken, they are joined by commas (RFC 9110, 5.3)."""
    repeated = model.repeated
    return {name: split(text) if repeated is None or name in repeated else text for name, text in texts.items()}


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]
