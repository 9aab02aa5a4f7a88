"""Tree of API classes: the flat list of all endpoints of a root class, with mounts followed to any depth (ROUTE-1a)."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from utilmeta.core.annotations.decoration import AROUND
from utilmeta.core.annotations.names import annotated_names
from utilmeta.core.annotations.signature import signature_of
from utilmeta.core.api.declaration import API, CORE_METHODS, Operation, is_private, own_template
from utilmeta.core.api.declaration_check import check_class
from utilmeta.core.api.instance import check_constructor, members_of
from utilmeta.utils.exceptions import DeclarationError


@dataclass(frozen=True)
class Endpoint:
    """One endpoint at one place where it is mounted.

    ``template`` is the whole route template below the root route, ``own`` the part from its decorator; ``name`` is its
    attribute in its class, ``label`` its name in errors and logs. ``classes`` are the API classes from the root to its
    own, ``api``; ``prefixes`` are the templates that they are mounted at. One that is ``private``, by itself or by a
    class, has no path (API-g7).
    """

    classes: tuple[type[API], ...]
    prefixes: tuple[str, ...]
    function: Callable[..., Any]
    operation: Operation
    template: str
    own: str
    name: str
    private: bool = False

    @property
    def api(self) -> type[API]:
        """The API class that has the endpoint."""
        return self.classes[-1]

    @property
    def label(self) -> str:
        """Class and function name, for errors and logs."""
        return f"{self.api.__qualname__}.{self.function.__name__}"

    @property
    def asynchronous(self) -> bool:
        """Whether a call returns a coroutine."""
        return is_async(self.function)


def is_async(function: Callable[..., Any]) -> bool:
    """Return whether a call of a function returns a coroutine, also through wrappers made with ``functools.wraps``."""
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(inspect.unwrap(function))


def endpoints(
    root: type[API],
    prefix: str = "",
    path: tuple[type[API], ...] = (),
    prefixes: tuple[str, ...] = (),
    *,
    private: bool = False,
) -> Iterator[Endpoint]:
    """Yield every endpoint of ``root``, at ``prefix``, and of the classes it mounts.

    ``path`` are the classes that mount it, at ``prefixes``; with ``private`` all of them are private. Raises
    DeclarationError, naming the class.
    """
    if root in path:
        circle = " > ".join(cls.__qualname__ for cls in (*path, root))
        raise DeclarationError(f"API classes mount each other in a circle: {circle}")
    check_class(root)
    check_constructor(root)
    for name, left in members_of(root).open.items():
        left.refuse(f"{root.__qualname__}.{name}")
    private = private or is_private(root)
    empty = True
    for name, function, operation in functions(root):
        empty = False
        places = (*prefixes, prefix)
        yield endpoint((*path, root), name, function, operation, places, private=private or operation.private)
    for name, mount in members_of(root).mounts.items():
        check_composition(root, name, [base for base in root.__mro__ if name in annotated_names(base)])
        at, private_there = join(prefix, mount.template), private or mount.private
        for each in endpoints(mount.cls, at, (*path, root), (*prefixes, prefix), private=private_there):
            empty = False
            yield each
    if empty:
        check_unhooked(root)


def functions(cls: type[API]) -> Iterator[tuple[str, Any, Operation]]:
    """Yield the endpoints of a class by name, those of bases first, each as the nearest class defines it (API-2c).

    A function that overrides a base's endpoint without a decorator keeps its method and route. Raises DeclarationError.
    """
    for name in dict.fromkeys(name for base in reversed(cls.__mro__) for name in vars(base)):
        value = inspect.getattr_static(cls, name)
        if isinstance(value, (staticmethod, classmethod)) and hasattr(value.__func__, "__operation__"):
            raise DeclarationError(f"{cls.__qualname__}.{name} is a static or class method; an endpoint takes self")
        if isinstance(value, property) and hasattr(value.fget, "__operation__"):
            raise DeclarationError(f"{cls.__qualname__}.{name} is a property; an endpoint is a function")
        if not inspect.isfunction(value) and not hasattr(value, "__operation__"):
            continue
        definers = [base for base in cls.__mro__ if name in vars(base)]
        operations = {base: found for base in definers if (found := operation_of(name, vars(base)[name]))}
        if operations and name not in members_of(cls).mounts:
            check_composition(cls, name, list(operations))
            yield name, value, next(iter(operations.values()))
        elif vars(value).keys() & AROUND:
            raise DeclarationError(
                f"{cls.__qualname__}.{name} has a plugin or CORS around it but is no endpoint; make it one, with "
                "@api.get or the like, or decorate what it is a hook of"
            )


def check_unhooked(cls: type[API]) -> None:
    """Raise DeclarationError for a hook of a class that has no endpoint for it (PLUGIN-7)."""
    for name in dict.fromkeys(name for base in cls.__mro__ for name in vars(base)):
        for hook in getattr(inspect.getattr_static(cls, name), "__hooks__", ()):
            raise DeclarationError(
                f"{cls.__qualname__}.{name} is @api.{hook.kind}, but {cls.__qualname__} has no endpoint, nor "
                "mounts one; give it one, or leave the hook to its subclasses and mount those"
            )


def operation_of(name: str, function: Any) -> Operation | None:
    """Return the Operation of an endpoint, by its decorator or its name (ROUTE-1b); None for other functions."""
    operation = getattr(function, "__operation__", None)
    if isinstance(operation, Operation):
        return operation
    return Operation(method=name.upper()) if name in CORE_METHODS and inspect.isfunction(function) else None


def check_composition(cls: type[API], name: str, definers: Sequence[type]) -> None:
    """Raise DeclarationError where two unrelated bases both define ``name`` (API-2b)."""
    nearest, *others = definers
    for other in others:
        if not issubclass(nearest, other):
            raise DeclarationError(
                f"{cls.__qualname__}: {nearest.__qualname__}.{name} and {other.__qualname__}.{name} would both be its "
                f"{name}; define {name} in {cls.__qualname__}, or rename one"
            )


def endpoint(
    classes: tuple[type[API], ...],
    name: str,
    function: Any,
    operation: Operation,
    prefixes: tuple[str, ...],
    *,
    private: bool,
) -> Endpoint:
    """Return the Endpoint of a function. Raises DeclarationError for a function that cannot be one."""
    label = f"{classes[-1].__qualname__}.{name}"
    inner = inspect.unwrap(function)
    if inspect.isgeneratorfunction(inner) or inspect.isasyncgenfunction(inner):
        raise DeclarationError(f"{label} is a generator; an endpoint returns its result")
    if not signature_of(function).parameters:
        raise DeclarationError(f"{label} takes no self; an endpoint is a method of its class")
    if name in CORE_METHODS and (operation.method != name.upper() or (operation.template or "").strip("/")):
        given = f"({operation.template!r})" if operation.template else ""
        raise DeclarationError(
            f"{label} answers {name.upper()} at the class's own path and nothing else, but is decorated with "
            f"@api.{operation.method.lower()}{given}; give the function another name"
        )
    own = own_template(name, operation)
    return Endpoint(classes, prefixes, function, operation, join(prefixes[-1], own), own, name, private)


def join(prefix: str, template: str) -> str:
    """Join two parts of a route template by one slash."""
    return "/".join(part for part in (prefix.strip("/"), template.strip("/")) if part)
