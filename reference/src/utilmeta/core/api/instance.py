"""Instances of API classes, one for each request, with the attributes that the class declares.

These are the APIs that it mounts, and the parameters that its endpoints share (API-4). For an endpoint the parameters
are bound with its own. On an instance that user code made, by ``OtherAPI(self.request)`` or ``self.sub``, each is bound
when it is first read.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin
from weakref import WeakKeyDictionary

from utilmeta.core.annotations.generic import (
    Open,
    alias_of,
    attribute_type,
    is_generic,
    names_of,
    specialized,
    variables_of,
)
from utilmeta.core.annotations.names import annotated_names
from utilmeta.core.annotations.signature import signature_of
from utilmeta.core.api.declaration import API, Given, Route
from utilmeta.core.request.body.binding import compile_body
from utilmeta.core.request.markers import is_marker, is_parameter
from utilmeta.core.request.parameters.binding import Bind, as_marker, binder, compile_shared, extras
from utilmeta.core.request.parameters.parameter import Parameter
from utilmeta.core.request.request import Request
from utilmeta.core.request.unset import UNSET
from utilmeta.core.response.response import Response
from utilmeta.utils.exceptions import DeclarationError

Instance = Callable[[Request, Mapping[str, Any]], API]
"""Makes an instance for a request, from the values of its shared parameters by name."""


@dataclass(frozen=True)
class Mount:
    """One API class mounted in another, the route template it is mounted at, and whether it is private (API-g7)."""

    cls: type[API]
    template: str
    private: bool = False


@dataclass(frozen=True)
class Members:
    """What a class and its bases declare by annotation: mounts, and shared parameters by annotation and marker."""

    mounts: Mapping[str, Mount]
    shared: Mapping[str, tuple[Any, Any]]
    open: Mapping[str, Open]
    """Mounts with a TypeVar, which a subclass has to replace by a type."""


MEMBERS: WeakKeyDictionary[type, Members] = WeakKeyDictionary()
SINGLE: WeakKeyDictionary[type, dict[tuple[str, bool], Bind]] = WeakKeyDictionary()


def members_of(cls: type[API]) -> Members:
    """Return the members of a class, read once. Raises DeclarationError naming the class, and the attribute if it has
    one.
    """
    found = MEMBERS.get(cls)
    if found is None:
        found = MEMBERS[cls] = read(cls)
    return found


def read(cls: type[API]) -> Members:
    """Read the members of a class from its annotations. Raises DeclarationError."""
    try:
        hints = annotations_of(cls)
    except DeclarationError:  # for a TypeVar without a type
        raise
    except Exception as error:
        raise DeclarationError(f"{cls.__qualname__}: its annotations do not resolve: {error}") from error
    for base in cls.__bases__:
        if issubclass(base, API):
            members_of(base)
    mounts: dict[str, Mount] = {}
    shared: dict[str, tuple[Any, Any]] = {}
    left: dict[str, Open] = {}
    for name in dict.fromkeys((*hints, *given_names(cls))):
        hint = hints.get(name, Any)
        annotation = bare(hint)
        value = inspect.getattr_static(cls, name, UNSET)
        given = value.value if isinstance(value, Given) else value
        marked = is_parameter(given) or any(is_marker(extra) for extra in extras(hint))
        if isinstance(annotation, type) and issubclass(annotation, API):
            if (given is None or inspect.isfunction(given)) and annotated_since(cls, name):
                given = UNSET
            if given is UNSET or isinstance(given, Route):
                candidates = [given, *extras(hint), vars(annotation).get("__route__")]
                routes = [candidate for candidate in candidates if isinstance(candidate, Route)]
                template = next((route.template for route in routes if route.template is not None), name)
                mounts[name] = Mount(annotation, template, any(route.private for route in routes))
            elif given is not None and not inspect.isfunction(given):
                raise DeclarationError(f"{cls.__qualname__}.{name} mounts an API at an api.route, not at {given!r}")
        elif isinstance(hint, Open) and (isinstance(given, Route) or alias_of(bare(hint.hint), API)):
            left[name] = hint
        elif isinstance(given, Route):
            raise DeclarationError(f"{cls.__qualname__}.{name} has an api.route but its annotation is no API class")
        elif marked and name == "request":
            raise DeclarationError(f"{cls.__qualname__}.request is the request; give the parameter another name")
        elif marked and value is None:  # a base's parameter is taken away (API-2c), unless it is declared anew since
            if annotated_since(cls, name):
                setattr(cls, name, Given(name, UNSET))
                shared[name] = (hint, UNSET)
        elif marked and not hasattr(type(given), "__get__"):
            shared[name] = (hint, given)
        if isinstance(vars(cls).get(name), Given) and name not in {**mounts, **shared, **left}:
            setattr(cls, name, given)
    return Members(mounts, shared, left)


def annotations_of(cls: type[API]) -> Mapping[str, Any]:
    """Return the annotations of a class and its bases, with the TypeVars of generic bases replaced (API-10)."""
    if not is_generic(cls):
        return typing.get_type_hints(cls, include_extras=True)
    try:
        hints = typing.get_type_hints(cls, include_extras=True)
    except NameError:  # a TypeVar in the scope of its class alone (PEP 695)
        names = {name: value for base in reversed(cls.__mro__) for name, value in vars(base).items()}
        hints = typing.get_type_hints(cls, localns={**names, **names_of(cls)}, include_extras=True)
    return {name: attribute_type(name, hint, cls) for name, hint in hints.items()}


def bare(hint: Any) -> Any:
    """Return an annotation without metadata; a generic API with types in brackets becomes the class it stands for."""
    if get_origin(hint) is Annotated:
        return bare(get_args(hint)[0])
    return specialized(hint) if alias_of(hint, API) and not variables_of(hint) else hint


def annotated_since(cls: type[API], name: str) -> bool:
    """Return whether a subclass of the class that gives an attribute its value annotates it anew."""
    definer = next(base for base in cls.__mro__ if name in vars(base))
    return any(name in annotated_names(base) for base in cls.__mro__[: cls.__mro__.index(definer)])


def given_names(cls: type[API]) -> Iterator[str]:
    """Yield the names of a class's attributes that are Given."""
    return (name for base in reversed(cls.__mro__) for name, value in vars(base).items() if isinstance(value, Given))


def shared_parameters(cls: type[API], path_names: Iterable[str]) -> tuple[Parameter, ...]:
    """Compile the shared parameters of a class, for endpoints whose route has the template names ``path_names``."""
    return compile_shared(members_of(cls).shared, cls.__qualname__, path_names)


def response_around(classes: Sequence[type[API]]) -> Any:
    """Return the ``response`` of an instance of the last of ``classes``, each of which mounts the next one.

    It is that of the nearest class around it; None where its own class has one, or none has.
    """
    *outer, own = [getattr(cls, "response", None) for cls in classes]
    return None if own is not None else next((found for found in reversed(outer) if found is not None), None)


def compile_instance(cls: type[API], response: Any = None) -> Instance:
    """Return a function that makes instances of ``cls`` for a request, with its shared parameters by name.

    The parameters are set before ``__init__`` runs (API-3), and so is ``response``, where a class around gives it.
    """
    if not members_of(cls).shared and response is None:
        return lambda request, shared: cls(request)
    given = {} if response is None else {"response": response}

    return lambda request, shared: make_instance(cls, request, {**shared, **given})


def make_instance(cls: type[API], request: Request, attributes: Mapping[str, Any]) -> API:
    """Return an instance of ``cls``, whose ``__init__`` has found these attributes on it."""
    instance: API = cls.__new__(cls, request)  # type: ignore[call-arg]  # which the class may define
    vars(instance).update(attributes)
    instance.__init__(request)  # type: ignore[misc]
    return instance


def check_constructor(cls: type[API]) -> None:
    """Raise DeclarationError for an ``__init__`` that cannot be called with a request alone."""
    if cls.__init__ is API.__init__:
        return
    label = f"{cls.__qualname__}.__init__"
    if inspect.iscoroutinefunction(cls.__init__):
        raise DeclarationError(f"{label} is an async def, which cannot be awaited; wait in an @api.before hook instead")
    try:
        signature_of(cls.__init__).bind(None, None)
    except TypeError as error:
        raise DeclarationError(f"{label} is called with self and the request alone: {error}") from error


# --- attributes by name, of instances that user code makes ---


def attribute(instance: API, name: str) -> Any:
    """Return ``instance.name``, made now and kept: a mounted API (API-5a), or a shared parameter's value (API-5b).

    ``response`` is Response itself where no class declares one (RESPONSE-g15).

    Raises the HTTP error of a request that lacks what the parameter needs; AttributeError for a name that is not
    declared.
    """
    cls = type(instance)
    members = members_of(cls)
    if name not in members.mounts and name not in members.shared:
        if name == "response":
            return Response
        plain = inspect.getattr_static(cls, name, UNSET)
        # For a name that is not declared, this repeats the error, also that of a property.
        return plain.value if isinstance(plain, Given) else object.__getattribute__(instance, name)
    request = vars(instance).get("request")
    if request is None:
        raise AttributeError(f"{cls.__qualname__}.{name} is there when super().__init__(request) was called")
    if name in members.mounts:
        mounted = members.mounts[name].cls
        given = {"response": instance.response} if getattr(mounted, "response", None) is None else {}
        value: Any = make_instance(mounted, request, given)
    else:
        values = getattr(request, "path_params", {})
        value = single(cls, name, in_path=name in values)(request, values)[name]
    vars(instance)[name] = value
    return value


def single(cls: type[API], name: str, *, in_path: bool) -> Bind:
    """Return the function that binds one shared parameter.

    ``in_path`` says whether the request's route has its name.
    """
    binds = SINGLE.setdefault(cls, {})
    if (name, in_path) not in binds:
        label = cls.__qualname__
        hint, given = members_of(cls).shared[name]
        markers = [found for value in (given, *extras(hint)) if (found := as_marker(value, in_path, label)) is not None]
        names = [name] if in_path and all(marker.place == "path" for marker in markers) else []
        parameters = compile_shared({name: (hint, given)}, label, names)
        binds[name, in_path] = binder(parameters, compile_body(parameters, label))
    return binds[name, in_path]
