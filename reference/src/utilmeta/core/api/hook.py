"""Hooks of API classes: functions around endpoints, kept as plain data on the functions; nothing runs.

class RootAPI(api.API):
    @api.before("*")
    def known(self, token: str = request.HeaderParam("X-Token")): ...

    @api.after(hello)
    def unkept(self, response: Response): ...

    @api.handle("*", LookupError)
    def missing(self, error: Error): ...
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from utilmeta.core.annotations.signature import signature_of
from utilmeta.core.api.declaration import API, CORE_METHODS, Mountable
from utilmeta.core.api.tree import Endpoint
from utilmeta.utils.exceptions import DeclarationError

Function = TypeVar("Function", bound=Callable[..., Any])
Kind = Literal["before", "after", "handle"]
Target = str | type[API] | Callable[..., Any]

EVERY = "*"


@dataclass(frozen=True)
class Hook:
    """Options of a hook's decorator: when it runs, around which endpoints, for which exceptions.

    A target is an endpoint, as the function or by its name in the class; an API class that is mounted, for all of its
    endpoints; or ``"*"``, for all of the hook's own class and of what that mounts.
    """

    kind: Kind
    targets: tuple[Target, ...]
    exceptions: tuple[type[BaseException], ...] = ()

    def __call__(self, function: Function) -> Function:
        name = f"@api.{self.kind}"
        if not callable(function) or inspect.isclass(function) or isinstance(function, (staticmethod, classmethod)):
            raise TypeError(f"{name} decorates a function of an API class, not {function!r}")
        label = function.__qualname__
        if not self.targets:
            raise TypeError(f'{name} of {label} names no endpoint; give it some, or "{EVERY}" for all of the class')
        if hasattr(function, "__operation__") or function.__name__ in CORE_METHODS:
            raise TypeError(f"{name}: {label} is an endpoint; a hook is a function of its own")
        function.__hooks__ = (*declared(function), self)  # type: ignore[attr-defined]
        return function


def before(*targets: Target) -> Hook:
    """Make a function run before the named endpoints, on an instance of its class, with its own parameters (PLUGIN-1).

    An exception that it raises is the answer; a return value other than None is the result in the endpoint's place.
    """
    return Hook("before", checked("before", targets))


def after(*targets: Target) -> Hook:
    """Make a function run after the named endpoints, with their Response as its first argument (PLUGIN-2).

    It may change the Response; a return value other than None replaces it.
    """
    return Hook("after", checked("after", targets))


def handle(*targets: Target | type[BaseException]) -> Hook:
    """Make a function answer exceptions of the named endpoints, all of them or those of the given types (PLUGIN-3).

    Its first argument is the Error. A return value other than None is the result.
    """
    exceptions = tuple(each for each in targets if isinstance(each, type) and issubclass(each, BaseException))
    rest = checked("handle", tuple(each for each in targets if each not in exceptions))
    return Hook("handle", rest, exceptions or (BaseException,))


def checked(kind: Kind, targets: tuple[Any, ...]) -> tuple[Target, ...]:
    """Return the targets of a hook. Raises TypeError for what cannot be one."""
    for target in targets:
        if isinstance(target, type) and not issubclass(target, Mountable):
            more = " or exception" if kind == "handle" else ""
            raise TypeError(f"@api.{kind} takes no class but an API class, a client{more}; {target!r} is none")
        if not isinstance(target, str) and not callable(target):
            raise TypeError(f"@api.{kind} takes endpoints, classes and texts, not {target!r}")
    return targets


def declared(function: Any) -> tuple[Hook, ...]:
    """Return the hooks that decorators left on a function."""
    hooks: tuple[Hook, ...] = getattr(function, "__hooks__", ())
    return hooks


@dataclass(frozen=True)
class HookFunction:
    """One hook of a class that defines or inherits it: ``function`` is the attribute ``name`` of ``api``."""

    api: type[API]
    name: str
    hook: Hook
    function: Callable[..., Any]

    @property
    def label(self) -> str:
        """Class and attribute name, for errors."""
        return f"{self.api.__qualname__}.{self.name}"

    def matching(self, endpoint: Endpoint) -> Iterator[Target]:
        """Yield the hook's targets that ``endpoint``, of this class or one that it mounts, belongs to."""
        for target in self.hook.targets:
            if target == EVERY:
                yield target
            elif isinstance(target, str):
                if endpoint.api is self.api and endpoint.name == target:
                    yield target
            elif isinstance(target, type):
                within = endpoint.classes[endpoint.classes.index(self.api) :]
                if any(issubclass(cls, target) for cls in within):
                    yield target
            elif target in versions(endpoint):
                yield target


def versions(endpoint: Endpoint) -> list[Any]:
    """Return an endpoint's function and those of its bases that it overrides; a hook on any of them applies to it."""
    bases = endpoint.api.__mro__
    return [endpoint.function, *(vars(base)[endpoint.name] for base in bases if endpoint.name in vars(base))]


def hooks(cls: type[API]) -> Iterator[HookFunction]:
    """Yield the hooks of a class in the order they were declared, those of bases first (PLUGIN-1b).

    A function that overrides an inherited hook without a decorator keeps its targets. Raises DeclarationError naming
    the class and the attribute.
    """
    for name in dict.fromkeys(name for base in reversed(cls.__mro__) for name in vars(base)):
        value = inspect.getattr_static(cls, name)
        if isinstance(value, Hook):
            raise DeclarationError(
                f'{cls.__qualname__}.{name} is a bare @api.{value.kind}; say around what: @api.{value.kind}("{EVERY}")'
            )
        decorated = (vars(base)[name] for base in cls.__mro__ if declared(vars(base).get(name)))
        if inspect.isfunction(value) and not hasattr(value, "__operation__"):
            for hook in declared(next(decorated, None)):
                yield HookFunction(cls, name, hook, sound(value, f"{cls.__qualname__}.{name}"))
        elif declared(getattr(value, "__func__", None)):
            raise DeclarationError(f"{cls.__qualname__}.{name} is a static or class method; a hook takes self")


def sound(function: Callable[..., Any], label: str) -> Callable[..., Any]:
    """Return a function that can be a hook. Raises DeclarationError, which begins with ``label``, for any other."""
    inner = inspect.unwrap(function)
    if inspect.isgeneratorfunction(inner) or inspect.isasyncgenfunction(inner):
        raise DeclarationError(f"{label} is a generator; a hook returns its result")
    if not signature_of(function).parameters:
        raise DeclarationError(f"{label} takes no self; a hook is a method of its class")
    return function
