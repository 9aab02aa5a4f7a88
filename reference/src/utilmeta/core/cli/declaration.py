"""Compilation of a client class: its request functions, hooks and mounts, once for each place that it is mounted at."""

from __future__ import annotations

import functools
import inspect
import re
import typing
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from utilmeta.core.annotations.decoration import PLUGINS
from utilmeta.core.api.declaration import Mountable, Operation, Route
from utilmeta.core.api.hook import EVERY, Hook
from utilmeta.core.api.hook import declared as hooks_of
from utilmeta.core.api.plugin import takes_api
from utilmeta.core.cli.parameters import Path, Sent, compile_path, compile_sent
from utilmeta.core.cli.request import BARE
from utilmeta.core.cli.retry import Retry
from utilmeta.core.cli.template import PLAIN, Returns, compile_returns
from utilmeta.core.cli.transport.url import place_of
from utilmeta.core.routing.segment import NAME
from utilmeta.utils.exceptions import DeclarationError

Function = Callable[..., Any]
ABSOLUTE = re.compile("https?://", re.IGNORECASE)
"""How a URL begins that takes the place of the base URL (RFC 3986, 3.1)."""


@dataclass(frozen=True)
class Around:
    """What runs around a request: functions of a client and a value, each with the place of the client's class.

    The place counts from the outermost class that mounts others. ``before`` is in the order in which they run,
    ``after`` and ``handlers`` in that of theirs; ``plugins`` are outermost first, ``retry`` is the innermost one.
    """

    before: Sequence[tuple[int, Function]]
    after: Sequence[tuple[int, Function]]
    handlers: Sequence[tuple[int, Function, tuple[type[BaseException], ...]]]
    plugins: Mapping[str, Sequence[tuple[int, Function]]]
    retry: Retry | None = None


@dataclass(frozen=True)
class Plan:
    """How a request function's request is made and its answer read; ``absolute`` is a path that is a URL."""

    label: str
    method: str
    path: Path
    absolute: bool
    timeout: float | None
    parameters: Sequence[Sent]
    returns: Returns
    around: Around


@dataclass(frozen=True)
class Declared:
    """A compiled client class: a plan for each request function, and the class and route of each mount by name."""

    plans: Mapping[Function, Plan]
    mounts: Mapping[str, tuple[type, str]]
    simple: tuple[str, Returns, Around]
    """For what the built-in functions send."""


@functools.cache
def compile_client(cls: type, route: str, outer: tuple[type, ...] = ()) -> Declared:
    """Return a compiled client class that is mounted at a route, in the classes ``outer``.

    Raises DeclarationError, naming class and function.
    """
    plans: dict[Function, Plan] = {}
    for name, function in request_functions(cls):
        if own(function) not in plans:
            plans[own(function)] = compile_plan(cls, name, function, route, outer)
    return Declared(plans, dict(mounts_of(cls, route, outer)), (cls.__qualname__, PLAIN, around(cls, "", None, outer)))


def request_functions(cls: type) -> Iterator[tuple[str, Function]]:
    """Yield the request functions of a class and its bases by name, also those that are overridden."""
    for base in reversed(cls.__mro__):
        for name, value in vars(base).items():
            if inspect.isfunction(value) and isinstance(getattr(value, "__operation__", None), Operation):
                yield name, value


def own(function: Any) -> Any:
    """Return a request function as it was declared, anything else as it is."""
    return getattr(function, "__request_function__", function)


def compile_plan(cls: type, name: str, function: Function, route: str, outer: tuple[type, ...]) -> Plan:
    """Return the plan of a request function. Raises DeclarationError."""
    label = f"{cls.__qualname__}.{name}"
    operation: Operation = function.__operation__  # type: ignore[attr-defined]
    said = name if operation.template is None else operation.template
    absolute = ABSOLUTE.match(said) is not None
    template = said if absolute else joined(route, said)
    check_template(template, label, absolute=absolute)
    parameters = tuple(compile_sent(function, label, NAME.findall(template), cls))
    return Plan(
        label,
        operation.method,
        compile_path(template, parameters, label),
        absolute,
        operation.timeout,
        parameters,
        compile_returns(function, cls, label),
        around(cls, name, own(function), outer),
    )


def check_template(template: str, label: str, *, absolute: bool) -> None:
    """Refuse a route that no URL can have, and a full URL that is none (CLIENT-11). Raises DeclarationError."""
    if template and not BARE.fullmatch(template):
        raise DeclarationError(f"{label}: its route {template!r} has a space or a control character")
    if absolute:
        try:
            place_of(NAME.sub("0", template))
        except ValueError:  # whose text may show a password
            raise DeclarationError(f"{label}: its route is no absolute URL of http or https") from None


def joined(route: str, own: str) -> str:
    """Return two parts of a path as one."""
    return "/".join(part for part in (route.strip("/"), own.lstrip("/")) if part)


def around(cls: type, name: str, function: Function | None, outer: tuple[type, ...]) -> Around:
    """Return what runs around a request function, that of the outer classes outermost.

    A hook of a class is for its functions that it names, or that are below a mounted class that it names, or for all.
    """
    owners = (*outer, cls)
    found = [
        (place, run, hook)
        for place, owner in enumerate(owners)
        for run, hook in hooks(owner)
        if any(matches(target, owner, cls, name, function, outer) for target in hook.targets)
    ]
    plugins = [(place, plugin) for place, owner in enumerate(owners) for plugin in plugins_of(owner)]
    plugins += [(len(outer), plugin) for plugin in vars(function or around).get(PLUGINS, ())]
    return Around(
        tuple((place, run) for place, run, hook in found if hook.kind == "before"),
        tuple((place, run) for place, run, hook in reversed(found) if hook.kind == "after"),
        tuple((place, run, hook.exceptions) for place, run, hook in reversed(found) if hook.kind == "handle"),
        {kind: tuple(processes(plugins, kind)) for kind in ("process_request", "process_response", "handle_error")},
        next((plugin for _, plugin in reversed(plugins) if isinstance(plugin, Retry)), None),
    )


def processes(plugins: Sequence[tuple[int, Any]], kind: str) -> Iterator[tuple[int, Function]]:
    """Yield the functions of that name of plugins, as functions of a client and a value (PLUGIN-g4)."""
    for place, plugin in plugins:
        process = getattr(plugin, kind, None)
        if process is not None:
            yield place, with_client(process) if takes_api(process) else without_client(process)


def with_client(process: Function) -> Function:
    """Return a function of a client and a value that a plugin's function gets as ``api`` and as its argument."""
    return functools.wraps(process)(lambda client, value: process(value, api=client))


def without_client(process: Function) -> Function:
    """Return a function of a client and a value, of which a plugin's function gets the value."""
    return functools.wraps(process)(lambda client, value: process(value))


def matches(target: Any, owner: type, cls: type, name: str, function: Any, outer: tuple[type, ...]) -> bool:
    """Return whether a hook's target is the function ``name`` of ``cls``."""
    if target == EVERY:
        return True
    if isinstance(target, str):
        return owner is cls and target == name
    if isinstance(target, type):
        owners = (*outer, cls)
        return any(issubclass(each, target) for each in owners[owners.index(owner) + 1 :])
    return function is not None and own(target) in versions(cls, name)


def versions(cls: type, name: str) -> list[Any]:
    """Return a function of a class and those of its bases that it overrides."""
    return [own(vars(base)[name]) for base in cls.__mro__ if name in vars(base)]


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
    return tuple(plugin for base in reversed(cls.__mro__) for plugin in vars(base).get(PLUGINS, ()))


def mounts_of(cls: type, route: str, outer: tuple[type, ...]) -> Iterator[tuple[str, tuple[type, str]]]:
    """Yield the name, class and route of each client that a class mounts. Raises DeclarationError."""
    try:
        hints = typing.get_type_hints(cls, include_extras=True)
    except Exception as error:
        raise DeclarationError(f"{cls.__qualname__}: its annotations do not resolve: {error}") from error
    for name, hint in hints.items():
        kind = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        if isinstance(kind, type) and issubclass(kind, Mountable):
            if kind in (*outer, cls):
                raise DeclarationError(f"{cls.__qualname__}.{name}: {kind.__qualname__} is mounted within itself")
            if not hasattr(kind, "process_request"):
                raise DeclarationError(f"{cls.__qualname__}.{name}: {kind.__qualname__} is no client")
            value = inspect.getattr_static(cls, name, None)
            said = [value, *(get_args(hint)[1:] if kind is not hint else ()), vars(kind).get("__route__")]
            routes = [each.template for each in said if isinstance(each, Route) and each.template is not None]
            if routes and "://" in routes[0]:
                raise DeclarationError(f"{cls.__qualname__}.{name}: a client is mounted below base_url, not at a URL")
            yield name, (kind, joined(route, routes[0] if routes else name))


def check_class(cls: type, reserved: frozenset[str]) -> None:
    """Refuse request functions that are named like a built-in one (CLIENT-g18). Raises DeclarationError."""
    for name, value in (item for base in cls.__mro__ for item in vars(base).items()):
        if name in reserved and isinstance(getattr(value, "__operation__", None), Operation):
            raise DeclarationError(
                f"{cls.__qualname__}.{name}: a client has a function {name} already, which sends any request; call the "
                "request function otherwise"
            )


def sending(function: Function, send: Callable[..., Any], asend: Callable[..., Awaitable[Any]]) -> Function:
    """Return what takes the place of a request function in its class: a function that sends its request."""
    if inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(inspect.unwrap(function)):

        @functools.wraps(function)
        async def awaited(self: Any, /, *arguments: Any, **options: Any) -> Any:
            return await asend(self, function, arguments, options)

        made: Any = awaited
    else:

        @functools.wraps(function)
        def called(self: Any, /, *arguments: Any, **options: Any) -> Any:
            return send(self, function, arguments, options)

        made = called
    made.__request_function__ = function
    return made  # type: ignore[no-any-return]
