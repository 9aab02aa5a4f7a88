"""Declarations of API classes, endpoints and mounts, kept as plain data on classes and functions; nothing runs."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, overload

from utilmeta.core.annotations.names import annotated_names
from utilmeta.core.request.markers import is_parameter
from utilmeta.core.request.request import Request
from utilmeta.core.routing.embedding import embed

if TYPE_CHECKING:
    from utilmeta.core.response.response import Response

Function = TypeVar("Function", bound=Callable[..., Any])
Class = TypeVar("Class", bound="type[Mountable]")

# Functions of these names are their class's own path, decorated or not (ROUTE-1b).
CORE_METHODS = ("get", "post", "put", "patch", "delete")


class Given:
    """Descriptor for a class attribute that is something else on instances: a parameter's value, or a mounted API."""

    def __init__(self, name: str, value: Any) -> None:
        self.name = name
        self.value = value

    def __get__(self, instance: Any, owner: type) -> Any:
        return self.value if instance is None else API.__getattr__(instance, self.name)


class Mountable:
    """Base of the classes that have a place in others, below the name of an attribute or an ``api.route``."""


class API(Mountable):
    """Base of API classes. One instance serves one request, which is ``self.request``.

    ``__init__`` may be extended: it runs once a request. ``self.name`` of a mounted API is an instance of it for the
    same request; of a class attribute that declares a parameter it is the parameter's value (API-4, API-5).
    """

    request: Request
    if TYPE_CHECKING:
        response: ClassVar[type[Response]]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        foreign = [base for base in cls.__mro__ if base is cls or not issubclass(base, API)]
        annotated = {name for base in foreign for name in annotated_names(base)}
        for name in {name for base in foreign for name in vars(base)}:
            value = inspect.getattr_static(cls, name)
            if isinstance(value, AtPathOf):
                value.refuse()
            possible = name in annotated and not hasattr(type(value), "__get__")
            if value is None:  # which takes away what a base annotates (API-2c)
                definer = next(base for base in cls.__mro__ if name in vars(base))
                possible = possible and name in annotated_names(definer)
            if possible or isinstance(value, Route) or is_parameter(value):
                setattr(cls, name, Given(name, value))

    def __init__(self, request: Request) -> None:
        self.request = request

    def __getattr__(self, name: str) -> Any:
        from utilmeta.core.api.instance import attribute

        return attribute(self, name)

    @classmethod
    def __as__(cls, target: Any, route: str = "/", *, asynchronous: bool | None = None) -> Any:
        """Mount this API, without a service of its own, in an application of a web framework (API-8b).

        ``target`` is a Flask, Starlette, FastAPI or Sanic application, which gets the API below ``route`` and is
        returned; or it is the module ``django`` or ``tornado``, and the return value is for the URL patterns or rules.
        ``asynchronous`` defaults to the framework's own mode. Raises TypeError for what is no target, UnknownBackend,
        and DeclarationError for what is wrong with the API.
        """
        return embed(cls, target, route, asynchronous=asynchronous)


@dataclass(frozen=True, kw_only=True)
class Operation:
    """Options of an endpoint's decorator. ``template`` is the route template, None for the function's name."""

    method: str
    template: str | None = None
    summary: str = ""
    description: str = ""
    deprecated: bool = False
    idempotent: bool | None = None
    private: bool = False
    tags: tuple[str, ...] = ()
    extension: Mapping[str, Any] = field(default_factory=dict)
    timeout: float | None = None
    """Time limit of the endpoint in seconds (API-7)."""


@dataclass(frozen=True)
class Route:
    """The path at which an API class is mounted, in place of its attribute's name.

    As a decorator of the class, ``@api.route("people")``; as the attribute's value, ``user: UserAPI =
    api.route("people")``; or in its annotation, ``Annotated[UserAPI, api.route("people")]``. The nearest wins: value,
    annotation, class. Without a template the attribute's name stays. What one of them makes ``private`` is private.
    """

    template: str | None = None
    summary: str = ""
    deprecated: bool = False
    private: bool = False

    def __call__(self, cls: Class) -> Class:
        if not (isinstance(cls, type) and issubclass(cls, Mountable)):
            raise TypeError(f"api.route({self.template!r}) decorates an API class or a client, not {cls!r}")
        cls.__route__ = self  # type: ignore[attr-defined]
        return cls


def route(template: str | None = None, *, summary: str = "", deprecated: bool = False, private: bool = False) -> Route:
    """Mount an API class at ``template`` instead of at its attribute's name (API-1).

    ``summary`` and ``deprecated`` are for the generated document. What is ``private`` does not answer requests: the
    class with all below it, and what inherits from it (API-g7). Raises TypeError for values of other types.
    """
    if template is not None and not isinstance(template, str):
        raise TypeError(f"api.route takes the path to mount at, a text, not {template!r}")
    options = {"summary": summary, "deprecated": deprecated, "private": private}
    label = "api.route" if template is None else f"api.route({template!r})"
    return Route(template, **{option: accept(option, value, label) for option, value in options.items()})


def is_private(cls: type[API]) -> bool:
    """Return whether an API class, or a base of it, is decorated as private (API-g7b)."""
    routes = (vars(base).get("__route__") for base in cls.__mro__)
    return any(isinstance(found, Route) and found.private for found in routes)


class Method:
    """Type of the decorators ``get``, ``post``, ``put``, ``patch`` and ``delete``, each for one HTTP method."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.__doc__ = f"Make a function an endpoint for {name}: bare, with a route template, or with options."

    @overload
    def __call__(self, function: Function, /) -> Function: ...

    @overload
    def __call__(
        self,
        template: str | None = None,
        /,
        *,
        summary: str = "",
        description: str = "",
        deprecated: bool = False,
        idempotent: bool | None = None,
        private: bool = False,
        tags: Iterable[str] = (),
        extension: Mapping[str, Any] = ...,
        timeout: float | timedelta | None = None,
    ) -> Callable[[Function], Function]: ...

    def __call__(self, target: Any = None, /, **options: Any) -> Any:
        """Make a function an endpoint: bare, with a route template, or with options.

        An endpoint in place of the template stands for its path: ``@api.delete(like)`` (API-g33). The options are for
        the generated document, except ``timeout``: an answer that takes longer is a 503; and ``private``: the endpoint
        does not answer requests, and other endpoints may call it (API-g7). Raises TypeError or ValueError, naming
        option and function, for a value that an option cannot have.
        """
        if isinstance(getattr(target, "__operation__", None), Operation):
            return AtPathOf(self.name, target, options)
        if target is not None and not isinstance(target, str):
            return mark(target, self.name, None, options)
        return lambda function: mark(function, self.name, target, options)


@dataclass(frozen=True)
class AtPathOf:
    """Decorator for an endpoint at the path of another one of its class, ``@api.delete(like)`` (API-g33).

    Left as an attribute of a class it is a mistake: two decorators above one function.
    """

    method: str
    endpoint: Callable[..., Any]
    options: Mapping[str, Any]

    def refuse(self) -> NoReturn:
        """Raise the TypeError for two decorators above one function."""
        raise TypeError(is_endpoint_already(self.method, self.endpoint))

    def __call__(self, function: Function) -> Function:
        operation: Operation = self.endpoint.__operation__  # type: ignore[attr-defined]
        name = self.endpoint.__name__
        return mark(function, self.method, own_template(name, operation), self.options)


def own_template(name: str, operation: Operation) -> str:
    """Return the route template of an endpoint function of this name, below its class (ROUTE-1b)."""
    if name in CORE_METHODS:
        return ""
    return name if operation.template is None else operation.template


def is_endpoint_already(method: str, function: Callable[..., Any]) -> str:
    """Return the message for a second decorator above one function."""
    return f"@api.{method.lower()}: {function.__qualname__} is an endpoint already; one function answers one method"


def mark(function: Function, method: str, template: str | None, options: Mapping[str, Any]) -> Function:
    """Attach an Operation to a function. Raises TypeError for what cannot be an endpoint."""
    name = f"@api.{method.lower()}"
    if not callable(function) or inspect.isclass(function) or isinstance(function, (staticmethod, classmethod)):
        raise TypeError(f"{name} decorates a function of an API class, not {function!r}")
    if hasattr(function, "__operation__"):
        raise TypeError(is_endpoint_already(method, function))
    if hasattr(function, "__hooks__"):
        raise TypeError(f"{name}: {function.__qualname__} is a hook; an endpoint is a function of its own")
    if not hasattr(function, "__qualname__"):  # a partial, or another callable object
        raise TypeError(f"{name} decorates a function of an API class, not {function!r}")
    accepted = {
        option: accept(option, value, f"{name} of {function.__qualname__}") for option, value in options.items()
    }
    function.__operation__ = Operation(method=method, template=template, **accepted)  # type: ignore[attr-defined]
    return function


KINDS: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "summary": (str, "a text"),
    "description": (str, "a text"),
    "deprecated": (bool, "True or False"),
    "idempotent": ((bool, type(None)), "True, False or None"),
    "private": (bool, "True or False"),
    "tags": (Iterable, "several texts"),
    "extension": (Mapping, "a mapping"),
    "timeout": ((int, float, timedelta, type(None)), "a number of seconds or a timedelta"),
}


def accept(option: str, value: Any, label: str) -> Any:
    """Return the checked value of a decorator's option. Raises TypeError or ValueError, which begin with ``label``."""
    if option not in KINDS:
        raise TypeError(f"{label} takes no option {option!r}; there are {', '.join(KINDS)}")
    kind, words = KINDS[option]
    if option == "tags" and isinstance(value, Iterable) and not isinstance(value, str):
        value = tuple(value)
    wrong = not isinstance(value, kind) or (option == "timeout" and isinstance(value, bool))
    if option == "tags":
        wrong = wrong or isinstance(value, str) or not all(isinstance(tag, str) for tag in value)
    if wrong:
        raise TypeError(f"{label}: {option} is {words}, not {value!r}")
    if option == "timeout" and value is not None:
        seconds = value.total_seconds() if isinstance(value, timedelta) else float(value)
        if not 0 < seconds < math.inf:
            raise ValueError(f"{label}: timeout is more than no time and less than all, not {value!r}")
        return seconds
    return value


get = Method("GET")
post = Method("POST")
put = Method("PUT")
patch = Method("PATCH")
delete = Method("DELETE")
