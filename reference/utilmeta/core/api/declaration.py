"""What a programmer declares: API classes, endpoints, mounts. Plain data on classes and functions; nothing runs."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, overload

from utilmeta.core.request.request import Request

Function = TypeVar("Function", bound=Callable[..., Any])
Class = TypeVar("Class", bound="type[API]")

# Functions of these names are their class's own path, decorated or not (ROUTE-1b).
CORE_METHODS = ("get", "post", "put", "patch", "delete")


class API:
    """Base of API classes. One instance serves one request, which is ``self.request``."""

    request: Request

    def __init__(self, request: Request) -> None:
        self.request = request

    @classmethod
    def __as__(cls, target: Any, route: str = "/", *, asynchronous: bool | None = None) -> Any:
        """Put this API, with no service of its own, into an application that is not UtilMeta's (API-8b).

        ``target`` is a Flask, Starlette, FastAPI or Sanic application, which has it then, below ``route``, and is
        returned; or the module ``django`` or ``tornado``, and what is returned goes among the URL patterns or rules.
        ``asynchronous`` defaults to the framework's own habit. Raises TypeError for what is no target, UnknownBackend,
        DeclarationError for what is wrong with the API.
        """
        from utilmeta.core.server.attachment import attach_api

        return attach_api(cls, target, route, asynchronous=asynchronous)


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What a decorator says of an endpoint. ``template`` None stands for the function's name."""

    method: str
    template: str | None = None
    summary: str = ""
    deprecated: bool = False
    idempotent: bool | None = None
    private: bool = False


@dataclass(frozen=True)
class Route:
    """The path an API class is mounted at, in place of its attribute's name.

    As a decorator of the class, ``@api.route("people")``; as the attribute's value, ``user: UserAPI =
    api.route("people")``; or in its annotation, ``Annotated[UserAPI, api.route("people")]``. The nearest wins: value,
    annotation, class.
    """

    template: str

    def __call__(self, cls: Class) -> Class:
        if not (isinstance(cls, type) and issubclass(cls, API)):
            raise TypeError(f"api.route({self.template!r}) decorates an API class, not {cls!r}")
        cls.__route__ = self  # type: ignore[attr-defined]
        return cls


def route(template: str) -> Route:
    """Mount an API class at ``template`` instead of at its attribute's name. Raises TypeError for anything but text."""
    if not isinstance(template, str):
        raise TypeError(f"api.route takes the path to mount at, a text, not {template!r}")
    return Route(template)


class Method:
    """A decorator for the endpoints of one HTTP method: bare, with a route template, or with options."""

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
        deprecated: bool = False,
        idempotent: bool | None = None,
        private: bool = False,
    ) -> Callable[[Function], Function]: ...

    def __call__(self, target: Any = None, /, **options: Any) -> Any:
        if target is not None and not isinstance(target, str):
            return mark(target, Operation(method=self.name, **options))
        operation = Operation(method=self.name, template=target, **options)
        return lambda function: mark(function, operation)


def mark(function: Function, operation: Operation) -> Function:
    name = f"@api.{operation.method.lower()}"
    if not callable(function) or inspect.isclass(function) or isinstance(function, (staticmethod, classmethod)):
        raise TypeError(f"{name} decorates a function of an API class, not {function!r}")
    if hasattr(function, "__operation__"):
        raise TypeError(f"{name}: {function.__qualname__} is an endpoint already; one function answers one method")
    if hasattr(function, "__hooks__"):
        raise TypeError(f"{name}: {function.__qualname__} is a hook; an endpoint is a function of its own")
    function.__operation__ = operation  # type: ignore[attr-defined]
    return function


get = Method("GET")
post = Method("POST")
put = Method("PUT")
patch = Method("PATCH")
delete = Method("DELETE")
