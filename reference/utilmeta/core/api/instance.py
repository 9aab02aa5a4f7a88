"""The instances of API classes: one serves one request.

What the class declares besides functions is found here: the APIs that it mounts, and the parameters that its endpoints
share (API-4). For an endpoint they are bound with its own; on an instance that a function made, by
``OtherAPI(self.request)`` or ``self.sub``, each when it is first read.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin
from weakref import WeakKeyDictionary

from utilmeta.core.api.declaration import API, Route
from utilmeta.core.request.argument import Parameter
from utilmeta.core.request.binding import Bind, binder, compile_shared
from utilmeta.core.request.body import compile_body
from utilmeta.core.request.parameter import UNSET, PathParam, is_marker
from utilmeta.core.request.request import Request
from utilmeta.utils.exceptions import DeclarationError

Instance = Callable[[Request, Mapping[str, Any]], API]
"""Makes an instance for a request, its shared parameters given by name."""


@dataclass(frozen=True)
class Mount:
    """An API class where another mounts it."""

    cls: type[API]
    template: str


@dataclass(frozen=True)
class Members:
    """What a class and its bases declare by annotation: ``shared`` is each parameter's annotation and marker."""

    mounts: Mapping[str, Mount]
    shared: Mapping[str, tuple[Any, Any]]


MEMBERS: WeakKeyDictionary[type, Members] = WeakKeyDictionary()
SINGLE: WeakKeyDictionary[type, dict[str, Bind]] = WeakKeyDictionary()


def members_of(cls: type[API]) -> Members:
    """The members of a class, read once. Raises DeclarationError naming the class, and the attribute if it is one's."""
    found = MEMBERS.get(cls)
    if found is None:
        found = MEMBERS[cls] = read(cls)
    return found


def read(cls: type[API]) -> Members:
    try:
        hints = typing.get_type_hints(cls, include_extras=True)
    except (NameError, TypeError, AttributeError, SyntaxError) as error:
        raise DeclarationError(f"{cls.__qualname__}: its annotations do not resolve: {error}") from error
    mounts: dict[str, Mount] = {}
    shared: dict[str, tuple[Any, Any]] = {}
    given = {name: value for base in reversed(cls.__mro__) for name, value in vars(base).get("__given__", {}).items()}
    for name in dict.fromkeys((*hints, *given)):
        hint = hints.get(name, Any)
        annotation, *extras = get_args(hint) if get_origin(hint) is Annotated else (hint,)
        value = given.get(name, vars(cls).get(name, UNSET))
        if isinstance(annotation, type) and issubclass(annotation, API):
            routes = [value, *extras, vars(annotation).get("__route__")]
            chosen = next((candidate for candidate in routes if isinstance(candidate, Route)), Route(name))
            mounts[name] = Mount(annotation, chosen.template)
        elif isinstance(value, Route):
            raise DeclarationError(f"{cls.__qualname__}.{name} has an api.route but its annotation is no API class")
        elif is_marker(value) or any(is_marker(extra) for extra in extras):
            shared[name] = (hint, value)
    return Members(mounts, shared)


def shared_parameters(cls: type[API], path_names: Iterable[str]) -> tuple[Parameter, ...]:
    """The parameters of a class, for endpoints whose route has these template names."""
    return compile_shared(members_of(cls).shared, cls.__qualname__, path_names)


def compile_instance(cls: type[API]) -> Instance:
    """What makes instances of ``cls``; it runs its ``__init__``, which has the shared parameters already (API-3)."""
    if not members_of(cls).shared:
        return lambda request, shared: cls(request)

    def instance(request: Request, shared: Mapping[str, Any]) -> API:
        made = cls.__new__(cls)
        vars(made).update(shared)
        made.__init__(request)  # type: ignore[misc]
        return made

    return instance


# --- by name, for who makes an instance by hand ---


def attribute(instance: API, name: str) -> Any:
    """``instance.name``, made now and kept: a mounted API for the same request (API-5a), a shared parameter (API-5b).

    Raises UnprocessableEntity where the request has not what that takes; AttributeError where there is nothing.
    """
    cls = type(instance)
    members = members_of(cls) if "request" in vars(instance) else None
    if members is not None and name in members.mounts:
        value: Any = members.mounts[name].cls(instance.request)
    elif members is not None and name in members.shared:
        value = single(cls, name)(instance.request, getattr(instance.request, "path_params", {}))[name]
    else:
        raise AttributeError(f"{cls.__name__!r} object has no attribute {name!r}")
    vars(instance)[name] = value
    return value


def single(cls: type[API], name: str) -> Bind:
    """What binds one shared parameter alone."""
    binds = SINGLE.setdefault(cls, {})
    if name not in binds:
        hint, given = members_of(cls).shared[name]
        markers = (given, *(get_args(hint) if get_origin(hint) is Annotated else ()))
        in_path = any(issubclass(each if isinstance(each, type) else type(each), PathParam) for each in markers)
        parameters = compile_shared({name: (hint, given)}, cls.__qualname__, [name] if in_path else [])
        binds[name] = binder(parameters, compile_body(parameters, cls.__qualname__))
    return binds[name]
