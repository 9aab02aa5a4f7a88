"""From a root API class to the flat list of its endpoints, mounts followed to any depth (ROUTE-1a)."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from utilmeta.core.api.declaration import API, CORE_METHODS, Operation, Route
from utilmeta.utils.exceptions import DeclarationError


@dataclass(frozen=True)
class Endpoint:
    """One endpoint where it is mounted. ``template`` is the whole route template below the root route, ``own`` the
    part that its decorator wrote; ``name`` is its attribute in its class, ``label``
    what errors and logs call it. ``classes`` are the API classes on the way
    to it, the outermost first and its own, ``api``, last."""

    classes: tuple[type[API], ...]
    function: Callable[..., Any]
    operation: Operation
    template: str
    own: str
    name: str

    @property
    def api(self) -> type[API]:
        return self.classes[-1]

    @property
    def label(self) -> str:
        return f"{self.api.__qualname__}.{self.function.__name__}"

    @property
    def asynchronous(self) -> bool:
        """Whether a call gives a coroutine; a plain wrapper made with ``functools.wraps`` is seen through."""
        return inspect.iscoroutinefunction(self.function) or inspect.iscoroutinefunction(inspect.unwrap(self.function))


def endpoints(root: type[API], prefix: str = "", path: tuple[type[API], ...] = ()) -> Iterator[Endpoint]:
    """Every endpoint of ``root`` and of what it mounts. Raises DeclarationError naming the class and attribute."""
    if root in path:
        circle = " > ".join(cls.__qualname__ for cls in (*path, root))
        raise DeclarationError(f"API classes mount each other in a circle: {circle}")
    for name, function in members(root):
        operation = getattr(function, "__operation__", None)
        if not isinstance(operation, Operation):
            if name not in CORE_METHODS:
                continue
            operation = Operation(method=name.upper())
        yield endpoint((*path, root), name, function, operation, prefix)
    for template, cls in mounts(root):
        yield from endpoints(cls, join(prefix, template), (*path, root))


def members(cls: type[API]) -> Iterator[tuple[str, Any]]:
    """Attributes by name, the base classes' first, each as the nearest class defines it."""
    names = dict.fromkeys(name for base in reversed(cls.__mro__) for name in vars(base))
    for name in names:
        value = inspect.getattr_static(cls, name)
        if isinstance(value, (staticmethod, classmethod)) and hasattr(value.__func__, "__operation__"):
            raise DeclarationError(f"{cls.__qualname__}.{name} is a static or class method; an endpoint takes self")
        if inspect.isfunction(value) or hasattr(value, "__operation__"):
            yield name, value


def endpoint(classes: tuple[type[API], ...], name: str, function: Any, operation: Operation, prefix: str) -> Endpoint:
    label = f"{classes[-1].__qualname__}.{name}"
    inner = inspect.unwrap(function)
    if inspect.isgeneratorfunction(inner) or inspect.isasyncgenfunction(inner):
        raise DeclarationError(f"{label} is a generator; an endpoint returns its result")
    if not inspect.signature(function).parameters:
        raise DeclarationError(f"{label} takes no self; an endpoint is a method of its class")
    if operation.template is not None:
        own = operation.template
    elif name not in CORE_METHODS:
        own = name
    elif operation.method == name.upper():
        own = ""
    else:
        raise DeclarationError(
            f"{label} is the class's own path for {name.upper()} but is decorated with "
            f"@api.{operation.method.lower()}; rename the function or give the decorator a route template"
        )
    return Endpoint(classes, function, operation, join(prefix, own), own, name)


def mounts(cls: type[API]) -> Iterator[tuple[str, type[API]]]:
    try:
        hints = typing.get_type_hints(cls, include_extras=True)
    except (NameError, TypeError, AttributeError, SyntaxError) as error:
        raise DeclarationError(f"{cls.__qualname__}: its annotations do not resolve: {error}") from error
    for name, annotation in hints.items():
        extras: tuple[Any, ...] = ()
        if get_origin(annotation) is Annotated:
            annotation, *rest = get_args(annotation)
            extras = tuple(rest)
        value = getattr(cls, name, None)
        if isinstance(annotation, type) and issubclass(annotation, API):
            routes = [value, *extras, vars(annotation).get("__route__")]
            chosen = next((candidate for candidate in routes if isinstance(candidate, Route)), Route(name))
            yield chosen.template, annotation
        elif isinstance(value, Route):
            raise DeclarationError(f"{cls.__qualname__}.{name} has an api.route but its annotation is no API class")


def join(prefix: str, template: str) -> str:
    return "/".join(part for part in (prefix.strip("/"), template.strip("/")) if part)
