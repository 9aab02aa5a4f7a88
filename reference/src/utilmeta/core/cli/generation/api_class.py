"""Reads an API class into the description of a client.

What runs on the server alone is not read: bodies, hooks, plugins, private endpoints, and factories of defaults, whose
parameters are not sent unless an argument is given.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, Union, get_args, get_origin
from urllib.parse import quote

from utilmeta.core.annotations.generic import Open, alias_of, specialized
from utilmeta.core.annotations.signature import hints_of, signature_of
from utilmeta.core.api.declaration import API
from utilmeta.core.api.hook_resolution import HookResolver
from utilmeta.core.api.instance import members_of
from utilmeta.core.api.tree import Endpoint, endpoints, join
from utilmeta.core.cli.generation.description import Argument, Description, Mounted, RequestFunction
from utilmeta.core.cli.generation.names import identifier
from utilmeta.core.errors.framework import FRAMEWORKS
from utilmeta.core.request.markers import Body, Param, PathParam, is_marker
from utilmeta.core.request.parameters.binding import extras, said_of
from utilmeta.core.request.unset import UNSET, DefaultFactory
from utilmeta.core.response.response import Response
from utilmeta.core.response.template import (
    alternatives,
    compile_template,
    declares,
    given_result,
    is_response,
    template_of,
)
from utilmeta.core.routing.segment import NAME

LITERAL = "/:@!$&'()*+,;=~"  # what RFC 3986 lets stand in a path


class Reader:
    """Reads one API class and those that it mounts; ``taken`` are the names that a client has already.

    The class is at ``prefix``. Request functions are ``asynchronous``, or if that is None as their endpoints are.
    """

    def __init__(self, api: type[API], taken: Collection[str], *, asynchronous: bool | None, prefix: str = "") -> None:
        self.taken = frozenset(taken)
        self.asynchronous = asynchronous
        self.hooks = HookResolver()
        self.templates: dict[tuple[type, str], type[Response[Any]]] = {}
        self.endpoints = [each for each in endpoints(api, prefix) if not each.private]

    def description(self, path: tuple[type[API], ...], prefixes: tuple[str, ...]) -> Description:
        """Return the description of the last class of ``path``, where its endpoints have these ``prefixes``."""
        api, taken = path[-1], set(self.taken)
        functions, mounts = [], []
        for endpoint in self.endpoints:
            if endpoint.classes == path and endpoint.prefixes == prefixes:
                name = identifier(endpoint.name, taken)
                taken.add(name)
                functions.append(self.function(endpoint, name))
        for attribute, mount in members_of(api).mounts.items():
            below = self.description((*path, mount.cls), (*prefixes, join(prefixes[-1], mount.template)))
            if below.functions or below.mounts:
                name = identifier(attribute, taken)
                taken.add(name)
                mounts.append(Mounted(name, route(mount.template), below))
        doc = inspect.cleandoc(vars(api).get("__doc__") or "")
        return Description(f"{identifier(api.__name__).removesuffix('API')}Client", functions, mounts, doc)

    def function(self, endpoint: Endpoint, name: str) -> RequestFunction:
        """Return the request function of an endpoint. Raises DeclarationError, which begins with its label."""
        asynchronous = endpoint.asynchronous if self.asynchronous is None else self.asynchronous
        names = NAME.findall(endpoint.template)
        arguments, taken = [], {"self", *map(path_name, names)}
        for name_there, parameter, annotation in self.parameters(endpoint, names):
            in_path = name_there in names
            own = path_name(name_there) if in_path else identifier(name_there, taken)
            taken.add(own)
            where = f"{endpoint.label}: parameter {name_there!r}"
            arguments.append(argument(name_there, parameter, annotation, own, where, in_path=in_path))
        return RequestFunction(
            name,
            endpoint.label,
            endpoint.operation.method,
            route(endpoint.own),
            arguments,
            tuple(self.returns(endpoint)),
            asynchronous,
            inspect.cleandoc(endpoint.function.__doc__ or ""),
        )

    def parameters(self, endpoint: Endpoint, names: Sequence[str]) -> Iterator[tuple[str, inspect.Parameter, Any]]:
        """Yield the parameters that a request to an endpoint has: name, parameter and type.

        They are its own, those that its class shares, and what is left of its route's names.
        """
        api: type = endpoint.api
        hints = hints_of(endpoint.function, api)
        found = set()
        for parameter in list(signature_of(endpoint.function).parameters.values())[1:]:
            found.add(parameter.name)
            yield parameter.name, parameter, hints.get(parameter.name, Any)
        for name, (annotation, given) in members_of(endpoint.api).shared.items():
            found.add(name)
            yield name, keyword_only(inspect.Parameter.empty if given is UNSET else given), annotation
        for name in names:
            if name not in found:
                yield name, keyword_only(PathParam()), str

    def returns(self, endpoint: Endpoint) -> Iterator[Any]:
        """Yield the templates of an endpoint's answers, and Response itself where they may be anything."""
        api: type = endpoint.api
        annotation = hints_of(endpoint.function, api).get("return", Any)
        if isinstance(annotation, Open):
            annotation.refuse(f"{endpoint.label}: what it returns")
        kinds = tuple(alternatives(annotation))
        templates = [kind for kind in kinds if is_template(kind)]
        others = [kind for kind in kinds if not is_template(kind)]
        if all(kind is type(None) or kind is None for kind in others) and templates:
            others = []  # `-> Template | None`
        around = compile_template(endpoint.function, endpoint.classes, self.hooks.resolve(endpoint).templates)
        if template_of(endpoint.function, endpoint.api) is None and around is not None and others:
            yield around if has_result(around, api) else self.with_result(around, others)
        elif anything(others) or any(of_framework(kind) for kind in others):
            yield Response
        elif others:
            yield Response[Union[tuple(others)]]  # type: ignore[misc]  # noqa: UP007 - of a tuple
        for kind in templates:
            generic = alias_of(kind, Response) and get_origin(kind) is not Response
            yield specialized(kind) if generic else kind

    def with_result(self, template: type[Response[Any]], kinds: Sequence[Any]) -> type[Response[Any]]:
        """Return a template with the type of its result, the same one for the same types."""
        key = (template, repr(kinds))
        if key not in self.templates:
            names = {"__module__": template.__module__, "__qualname__": template.__qualname__}
            annotations = {"result": Union[tuple(kinds)]}  # noqa: UP007 - of a tuple
            self.templates[key] = type(template.__name__, (template,), {**names, "__annotations__": annotations})
        return self.templates[key]


def read_api(api: Any, taken: Collection[str], *, asynchronous: bool | None = None) -> Description:
    """Return the description of a client of an API class.

    Raises TypeError for what is none, DeclarationError for what is wrong with it.
    """
    if not (isinstance(api, type) and issubclass(api, API)):
        raise TypeError(f"a client is made of an API class, not of {api!r}")
    return Reader(api, taken, asynchronous=asynchronous).description((api,), ("",))


def read_apis(
    mounts: Sequence[tuple[str, type[API]]], taken: Collection[str], *, asynchronous: bool | None = None
) -> Description:
    """Return the description of a client of several API classes, each at its route, of which ``/`` is the client's own.

    Raises DeclarationError for what is wrong with one.
    """
    own, others, names = Description("Client", (), ()), [], set(taken)
    for at, api in mounts:
        prefix = at.strip("/")
        found = Reader(api, taken, asynchronous=asynchronous, prefix=prefix).description((api,), (prefix,))
        if prefix:
            others.append((prefix, found))
        else:
            own = found
    names.update([each.name for each in own.functions], [each.name for each in own.mounts])
    added = []
    for prefix, found in others:
        name = identifier(prefix, names)
        names.add(name)
        added.append(Mounted(name, route(prefix), found))
    return replace(own, mounts=(*own.mounts, *added))


def route(template: str) -> str:
    """Return a route template with its literal text as a URL has it, and its names as those of arguments."""
    parts = NAME.split(template)
    return "".join(f"{{{path_name(part)}}}" if at % 2 else quote(part, safe=LITERAL) for at, part in enumerate(parts))


def path_name(name: str) -> str:
    """Return the name of the argument for a name in a route, which is the same below all prefixes."""
    return identifier(f"{name}_" if name.startswith("_") else name, ("self",))


def keyword_only(default: Any) -> inspect.Parameter:
    """Return a parameter that no signature has."""
    return inspect.Parameter("shared", inspect.Parameter.KEYWORD_ONLY, default=default)


def argument(
    name: str, parameter: inspect.Parameter, annotation: Any, own: str, where: str, *, in_path: bool
) -> Argument:
    """Return the argument, called ``own``, for the parameter ``name`` of an endpoint."""
    if isinstance(annotation, Open):
        annotation.refuse(where)
    said, default, annotation = said_of(parameter, annotation, in_path, where)
    marker: Param = copy.copy(said)
    if own != name and not marker.whole and marker.place != "path" and not isinstance(marker, Body):
        marker.alias = said.sent_as(name)
    marker.default = None if isinstance(default, DefaultFactory) else default
    return Argument(own, unmarked(annotation), marker, where)


def unmarked(annotation: Any) -> Any:
    """Return an annotation without the markers in it."""
    notes = [note for note in extras(annotation) if not is_marker(note)]
    if not extras(annotation):
        return annotation
    kept = (get_args(annotation)[0], *notes)
    return Annotated[kept] if notes else kept[0]


def is_template(kind: Any) -> bool:
    """Return whether a type is Response, a template or one with type arguments."""
    return is_response(kind) or alias_of(kind, Response)


def anything(kinds: Sequence[Any]) -> bool:
    """Return whether nothing is said of a result's type."""
    return any(kind in (Any, object) for kind in kinds)


def of_framework(kind: Any) -> bool:
    """Return whether a type is a web framework's, such as its response class."""
    return getattr(kind, "__module__", "").partition(".")[0] in (*FRAMEWORKS, "tornado")


def has_result(template: type[Response[Any]], api: type) -> bool:
    """Return whether a template says what its result is."""
    given = given_result(template, api)
    return declares(template, "result") or not (given is Any or isinstance(given, Open))
