"""Compilation of a client class: its request functions, hooks and mounts, once for each place that it is mounted at."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from utilmeta.core.annotations.signature import signature_of
from utilmeta.core.api.declaration import Mountable, Operation, Route
from utilmeta.core.api.hook import EVERY, Hook
from utilmeta.core.api.hook import declared as hooks_of
from utilmeta.core.cli.parameters import Sent, compile_sent
from utilmeta.core.cli.template import PLAIN, Returns, compile_returns
from utilmeta.core.routing.segment import NAME
from utilmeta.utils.exceptions import DeclarationError

Function = Callable[..., Any]
ABSOLUTE = ("http://", "https://")


@dataclass(frozen=True)
class Plan:
    """How a request function's request is made and its answer read."""

    label: str
    function: Function | None
    method: str
    template: str
    timeout: float | None
    parameters: Sequence[Sent]
    returns: Returns
    asynchronous: bool
    before: Sequence[tuple[int, Hook, Function]]
    after: Sequence[tuple[int, Hook, Function]]
    handlers: Sequence[tuple[int, Hook, Function]]
    """Hooks, each with the place of its class on the way from the outermost client to this one."""
    plugins: Sequence[Any]
    signature: inspect.Signature | None = None


@dataclass(frozen=True)
class Declared:
    """A compiled client class: the plan of each request function, and the class and route of each mount by name."""

    plans: Mapping[str, Plan]
    mounts: Mapping[str, tuple[type, str]]
    simple: Plan
    """For what the built-in functions send."""


@functools.cache
def compile_client(cls: type, route: str, outer: tuple[type, ...] = ()) -> Declared:
    """Return a compiled client class that is mounted at a route, in the classes ``outer``.

    Raises DeclarationError, naming class and function.
    """
    mounts = dict(mounts_of(cls, route))
    plans = {name: compile_plan(cls, name, function, route, outer) for name, function in request_functions(cls)}
    simple = Plan(
        cls.__qualname__, None, "", "", None, (), PLAIN, False, *around(cls, "", None, outer), plugins_of(cls)
    )
    return Declared(plans, mounts, simple)


def request_functions(cls: type) -> Iterator[tuple[str, Function]]:
    """Yield the request functions of a class by name."""
    for name in dict.fromkeys(name for base in reversed(cls.__mro__) for name in vars(base)):
        value = inspect.getattr_static(cls, name)
        if inspect.isfunction(value) and isinstance(getattr(value, "__operation__", None), Operation):
            yield name, getattr(value, "__request_function__", value)


def compile_plan(cls: type, name: str, function: Function, route: str, outer: tuple[type, ...]) -> Plan:
    """Return the plan of a request function. Raises DeclarationError."""
    label = f"{cls.__qualname__}.{name}"
    operation: Operation = function.__operation__  # type: ignore[attr-defined]
    own = name if operation.template is None else operation.template
    template = own if own.startswith(ABSOLUTE) else joined(route, own)
    names = NAME.findall(template)
    parameters = tuple(compile_sent(function, label, names, cls))
    return Plan(
        label,
        function,
        operation.method,
        template,
        operation.timeout,
        parameters,
        compile_returns(function, cls, label),
        inspect.iscoroutinefunction(inspect.unwrap(function)),
        *around(cls, name, function, outer),
        (*plugins_of(cls), *vars(function).get("__plugins__", ())),
        signature_of(function),
    )


def joined(route: str, own: str) -> str:
    """Return two parts of a path as one."""
    return "/".join(part for part in (route.strip("/"), own.lstrip("/")) if part)


def around(cls: type, name: str, function: Function | None, outer: tuple[type, ...]) -> tuple[Any, Any, Any]:
    """Return the before hooks, after hooks and handlers around a request function, the outer classes' outermost.

    A hook of a class is for its functions that it names, or that are below a mounted class that it names, or for all.
    """
    found = [
        (depth, hook, run)
        for depth, owner in enumerate((*outer, cls))
        for run, hook in hooks(owner)
        if any(matches(target, owner, cls, name, function, outer) for target in hook.targets)
    ]
    before = tuple(each for each in found if each[1].kind == "before")
    after, handlers = (tuple(each for each in found[::-1] if each[1].kind == kind) for kind in ("after", "handle"))
    return before, after, handlers


def matches(target: Any, owner: type, cls: type, name: str, function: Any, outer: tuple[type, ...]) -> bool:
    """Return whether a hook's target is the function ``name`` of ``cls``."""
    if target == EVERY:
        return True
    if isinstance(target, str):
        return owner is cls and target == name
    if isinstance(target, type):
        return any(issubclass(each, target) for each in (*outer[outer.index(owner) + 1 :], cls) if each is not owner)
    return function is not None and getattr(target, "__request_function__", target) in versions(cls, name)


def versions(cls: type, name: str) -> list[Any]:
    """Return a function of a class and those of its bases that it overrides."""
    found = (vars(base).get(name) for base in cls.__mro__)
    return [getattr(each, "__request_function__", each) for each in found if each is not None]


def hooks(cls: type) -> Iterator[tuple[Function, Hook]]:
    """Yield the hooks of a class, those of its bases first."""
    for name in dict.fromkeys(name for base in reversed(cls.__mro__) for name in vars(base)):
        value = inspect.getattr_static(cls, name)
        if isinstance(value, Hook):
            raise DeclarationError(f'{cls.__qualname__}.{name} is a bare @api.{value.kind}; say around what: "{EVERY}"')
        decorated = (vars(base)[name] for base in cls.__mro__ if hooks_of(vars(base).get(name)))
        if inspect.isfunction(value):
            for hook in hooks_of(next(decorated, None)):
                yield value, hook


def plugins_of(cls: type) -> tuple[Any, ...]:
    """Return the plugins that decorate a class and its bases, the outermost first."""
    return tuple(plugin for base in reversed(cls.__mro__) for plugin in vars(base).get("__plugins__", ()))


def mounts_of(cls: type, route: str) -> Iterator[tuple[str, tuple[type, str]]]:
    """Yield the name, class and route of each client that a class mounts. Raises DeclarationError."""
    try:
        hints = typing.get_type_hints(cls, include_extras=True)
    except Exception as error:
        raise DeclarationError(f"{cls.__qualname__}: its annotations do not resolve: {error}") from error
    for name, hint in hints.items():
        kind = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        if isinstance(kind, type) and issubclass(kind, Mountable):
            value = inspect.getattr_static(cls, name, None)
            said = [value, *(get_args(hint)[1:] if kind is not hint else ()), vars(kind).get("__route__")]
            routes = [each.template for each in said if isinstance(each, Route) and each.template is not None]
            yield name, (kind, joined(route, routes[0] if routes else name))


def check_class(cls: type, reserved: frozenset[str]) -> None:
    """Refuse request functions that are named like a built-in one (CLIENT-g18). Raises DeclarationError."""
    for name, value in vars(cls).items():
        if name in reserved and isinstance(getattr(value, "__operation__", None), Operation):
            raise DeclarationError(
                f"{cls.__qualname__}.{name}: a client has a function {name} already, which sends any request; call the "
                "request function otherwise"
            )


def sending(function: Function, send: Callable[..., Any], asend: Callable[..., Awaitable[Any]]) -> Function:
    """Return what takes the place of a request function in its class: a function that sends its request."""
    if inspect.iscoroutinefunction(inspect.unwrap(function)):

        @functools.wraps(function)
        async def awaited(self: Any, /, *arguments: Any, **options: Any) -> Any:
            return await asend(self, function.__name__, arguments, options)

        made: Any = awaited
    else:

        @functools.wraps(function)
        def called(self: Any, /, *arguments: Any, **options: Any) -> Any:
            return send(self, function.__name__, arguments, options)

        made = called
    made.__request_function__ = function
    return made  # type: ignore[no-any-return]
