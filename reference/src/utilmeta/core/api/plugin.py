"""Plugins: functions around endpoints that many APIs share, attached by decorating a class or an endpoint.

class Timed(api.Plugin):
    def process_request(self, request): request.context["begun"] = monotonic()
    def process_response(self, response): ...

@Timed() class RootAPI(api.API): ...
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from utilmeta.core.annotations.decoration import PLUGINS
from utilmeta.core.api.declaration import API, Mountable
from utilmeta.core.api.hook import versions
from utilmeta.core.api.tree import Endpoint
from utilmeta.utils.exceptions import DeclarationError

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

PROCESSES = ("process_request", "process_response", "handle_error")
Process = Callable[..., Any]


class Plugin:
    """Base of plugins; an instance decorates an API class, with all that it mounts, or an endpoint (PLUGIN-9).

    A subclass defines any of these, each plain or ``async def``; what they return, unless None, answers the request:

    ``process_request(self, request)`` runs before anything of the class; its return value takes the endpoint's place.
    ``process_response(self, response)`` runs for every Response, of a handled error too; its return value replaces it.
    ``handle_error(self, error)`` runs for each Error that no ``@api.handle`` hook took.

    One that has a parameter ``api``, too, is given the instance of the class that the plugin is around (PLUGIN-g4).
    One instance serves all requests, also at the same time: keep values of one request in ``request.context``;
    ``response.request`` and ``error.request`` are the request.
    """

    of_clients: ClassVar[bool] = False  # whether it is nothing for endpoints

    def __init__(self, **options: Any) -> None:
        """Take the keywords that the ``__init__`` of a subclass hands on (PLUGIN-g5); nothing is done with them.

        Raises TypeError for keywords of a plugin that has no ``__init__`` of its own.
        """
        if options and type(self).__init__ is Plugin.__init__:
            raise TypeError(
                f"the plugin {type(self).__name__} has no __init__, so nothing reads {', '.join(options)}; give it one"
            )

    def __call__(self, target: Decorated) -> Decorated:
        """Attach the plugin to an API class or a function.

        Raises TypeError for any other target, and for a plugin that defines no function.
        """
        name = type(self).__name__
        if not any(self.processes()):
            raise TypeError(f"the plugin {name} defines none of {', '.join(PROCESSES)}")
        if not is_decorable(target):
            raise TypeError(f"the plugin {name} decorates an API class or an endpoint, not {target!r}")
        for process, function in self.processes():
            try:
                inspect.signature(function).bind(None, **({"api": None} if takes_api(function) else {}))
            except TypeError as error:
                raise TypeError(f"the plugin {name}: {process} is called with one argument, and api: {error}") from None
        setattr(target, PLUGINS, (self, *vars(target).get(PLUGINS, ())))
        return target

    def processes(self) -> Iterator[tuple[str, Process]]:
        """Yield the functions that the plugin defines, by name."""
        for name in PROCESSES:
            if hasattr(self, name):
                yield name, getattr(self, name)


def takes_api(function: Process) -> bool:
    """Return whether a plugin's function has a parameter ``api``."""
    parameter = inspect.signature(function).parameters.get("api")
    return parameter is not None and parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)


@dataclass(frozen=True)
class AttachedPlugin:
    """A plugin around an endpoint, and the API class that it decorates, or whose endpoint it decorates."""

    plugin: Plugin
    api: type[API]

    def processes(self) -> Iterator[tuple[str, Process]]:
        """Yield the functions that the plugin defines, by name."""
        return self.plugin.processes()

    @property
    def taking_api(self) -> frozenset[str]:
        """The names of the functions that take the API instance."""
        return frozenset(name for name, function in self.processes() if takes_api(function))


def is_decorable(target: Any) -> bool:
    """Return whether a target is an API class or a function."""
    return issubclass(target, Mountable) if isinstance(target, type) else inspect.isfunction(target)


def plugins(endpoint: Endpoint) -> Iterator[AttachedPlugin]:
    """Yield the plugins around an endpoint, the outermost first: those of its classes, then its own.

    Those of a class begin with those of its bases. Raises DeclarationError for one that is for clients alone.
    """
    found = [(plugin, cls) for cls in endpoint.classes for base in reversed(cls.__mro__) for plugin in own(base)]
    found += [(plugin, endpoint.api) for plugin in of_endpoint(endpoint, PLUGINS, ())]
    for plugin, cls in found:
        if plugin.of_clients:
            raise DeclarationError(f"{endpoint.label}: the plugin {type(plugin).__name__} is for requests of a Client")
        yield AttachedPlugin(plugin, cls)


def own(cls: type) -> tuple[Plugin, ...]:
    """Return the plugins that decorate a class, without those of its bases."""
    found: tuple[Plugin, ...] = vars(cls).get(PLUGINS, ())
    return found


def of_endpoint(endpoint: Endpoint, attribute: str, default: Any) -> Any:
    """Return an attribute that decorators set on an endpoint's function, or else on the one that it overrides.

    A function that is decorated as an endpoint itself takes nothing over.
    """
    for function in versions(endpoint):
        if hasattr(function, attribute) or hasattr(function, "__operation__"):
            return getattr(function, attribute, default)
    return default
