"""Hooks of API classes: functions around endpoints. Plain data on the functions; nothing runs.

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
from utilmeta.core.api.declaration import API, CORE_METHODS
from utilmeta.core.api.tree import Endpoint
from utilmeta.utils.exceptions import DeclarationError

Function = TypeVar("Function", bound=Callable[..., Any])
Kind = Literal["before", "after", "handle"]
Target = str | type[API] | Callable[..., Any]

EVERY = "*"


@dataclass(frozen=True)
class Hook:
    """What a decorator says of a hook: when it runs, around which endpoints, for which exceptions.

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
    """Run a function before the endpoints named (PLUGIN-1): on an instance of its class, with parameters of its own.

    What it raises is the answer; what it returns, if that is not None, is the result in the endpoint's place.
    """
    return Hook("before", checked("before", targets))


def after(*targets: Target) -> Hook:
    """Run a function after the endpoints named (PLUGIN-2), with their Response as its first argument.

    It may change the Response; what it returns, if that is not None, takes its place.
    """
    return Hook("after", checked("after", targets))


def handle(*targets: Target | type[BaseException]) -> Hook:
    """Have a function answer for the exceptions of the endpoints named (PLUGIN-3), all unless some types are given.

    Its first argument is the Error. What it returns, if that is not None, is the result.
    """
    exceptions = tuple(each for each in targets if isinstance(each, type) and issubclass(each, BaseException))
    rest = checked("handle", tuple(each for each in targets if each not in exceptions))
    return Hook("handle", rest, exceptions or (BaseException,))


def checked(kind: Kind, targets: tuple[Any, ...]) -> tuple[Target, ...]:
    for target in targets:
        if isinstance(target, type) and not issubclass(target, API):
            more = " or exception" if kind == "handle" else ""
            raise TypeError(f"@api.{kind} takes no class but an API class{more}; {target!r} is none")
        if not isinstance(target, str) and not callable(target):
            raise TypeError(f"@api.{kind} takes endpoints, API classes and texts, not {target!r}")
    return targets


def declared(function: Any) -> tuple[Hook, ...]:
    hooks: tuple[Hook, ...] = getattr(function, "__hooks__", ())
    return hooks


@dataclass(frozen=True)
class HookFunction:
    """A hook where it is inherited: ``function`` is what ``api`` has under ``name``."""

    api: type[API]
    name: str
    hook: Hook
    function: Callable[..., Any]

    @property
    def label(self) -> str:
        return f"{self.api.__qualname__}.{self.name}"

    def matching(self, endpoint: Endpoint) -> Iterator[Target]:
        """The targets that ``endpoint``, which is of this class or of one that it mounts, is one of."""
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
    """The endpoint's function and those of its bases whose place it takes: a hook on one is a hook on it."""
    bases = endpoint.api.__mro__
    return [endpoint.function, *(vars(base)[endpoint.name] for base in bases if endpoint.name in vars(base))]


def hooks(cls: type[API]) -> Iterator[HookFunction]:
    """The hooks of a class in the order they were declared, its bases' first (PLUGIN-1b).

    What a class defines under the name of an inherited hook takes its place, and is what that was unless it is
    decorated itself. Raises DeclarationError naming the class and the attribute.
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
    inner = inspect.unwrap(function)
    if inspect.isgeneratorfunction(inner) or inspect.isasyncgenfunction(inner):
        raise DeclarationError(f"{label} is a generator; a hook returns its result")
    if not signature_of(function).parameters:
        raise DeclarationError(f"{label} takes no self; a hook is a method of its class")
    return function
