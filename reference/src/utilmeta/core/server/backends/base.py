"""The interface between UtilMeta and a web framework; the six backends use nothing else, so a seventh can too."""

from __future__ import annotations

import inspect
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from utilmeta.core.errors.framework import Convert, Describe
from utilmeta.core.pipeline.dispatch import AsyncHandle, Handle
from utilmeta.core.pipeline.host import AllowedHosts
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.pipeline.responder import Reply
from utilmeta.core.request.request import Request
from utilmeta.core.server import address
from utilmeta.core.server.foreign import ForeignApplication, Kind

if TYPE_CHECKING:
    from utilmeta.core.server.inside.entrance import AwaitedExchange, Exchange

__all__ = ["Adapter", "AsyncHandle", "Deployment", "Handle", "Lifecycle", "Listener", "Reply", "Request"]


@dataclass(frozen=True)
class Deployment:
    """Facts of a service that its adapter needs.

    ``graceful_timeout`` is how many seconds requests in flight have at shutdown; ``max_body_size`` is in bytes.
    ``max_header_fields`` and ``max_header_size``, in bytes, limit a request's head: ``handle`` enforces them, and
    ``run`` refuses what is larger before it is read. ``header_timeout``, ``body_timeout`` and ``keep_alive_timeout``
    are how many seconds ``run`` waits for a request's head, for the next bytes of its body and for the next request
    (SECURITY-6a). ``injected`` says whether the application is the user's, with middleware that may look at anything,
    and other APIs perhaps. ``route`` is the root route, ``""`` or such as ``"api/v1"``. ``claims`` says whether a
    percent-decoded path is the API's before any native catch-all; ``takes`` whether it is the API's where no native
    route has it. Where the application is not injected, every path is; where it is, a path that no route has is the
    application's own 404 (BACKEND-4). ``hosts`` are the allowed hosts of API requests, which ``handle`` enforces.
    ``hooks`` says whether ``lifecycle`` may ever have hooks: an API class without a service has none, and changes
    nothing of the application's lifespan (API-8b).
    """

    name: str
    module_name: str
    asynchronous: bool
    production: bool
    graceful_timeout: float
    max_body_size: int
    max_header_fields: int
    max_header_size: int
    header_timeout: float
    body_timeout: float
    keep_alive_timeout: float
    lifecycle: Lifecycle
    injected: bool
    route: str
    claims: Callable[[bytes], bool]
    takes: Callable[[bytes], bool]
    hosts: AllowedHosts
    hooks: bool = True


@dataclass(frozen=True)
class Listener:
    """The address to serve at, with listening ``sockets`` bound to it; serve on these sockets alone.

    Call ``ready()`` when requests are being answered: it prints the URL for the user.
    """

    host: str
    port: int
    sockets: tuple[socket.socket, ...]
    ready: Callable[[], None]


class Adapter(ABC):
    """Carries a service on one web framework. The author of a backend subclasses it in six steps.

    1. Set ``name``, ``asynchronous`` (the mode when the service does not say), ``port`` (the default) and ``loop``:
       whether the framework calls applications on an event loop; where that depends on the mode, override ``on_loop``.
    2. Implement ``build``: a new application of the framework, which adds nothing of its own to our replies.
    3. Implement ``install``: make the application pass requests that no native route takes to ``handle``, and run
       the hooks of ``deployment.lifecycle`` where the framework has a place for them; where it has none, ``handle``
       starts them at the first request of each process, and the interpreter's exit stops them.
       - With ``loop``, ``handle`` is a coroutine function, ``status, headers, body = await handle(request)``; else it
         is a plain one, called from any thread. It never raises an Exception. The reply is written as it is.
       - ``request`` is a subclass of ``utilmeta.core.request.Request``: WSGIRequest, ASGIRequest, or one's own.
    4. Implement ``run``: serve on the listener's sockets until SIGTERM or SIGINT; then let requests in flight finish,
       within ``graceful_timeout``, run the shutdown hooks and return. Startup hooks run before the first request; if
       one fails, raise HookFailed. ``options`` are the user's, of ``run_options``. If that server is for development
       only, override ``is_for_development``.
    5. For injected applications, implement ``accepts``, ``get_debug`` and ``set_debug``, and call
       ``deployment.claims`` and ``deployment.takes`` where there are native catch-alls and 404s (BACKEND-3b and 4).
       One application may have several APIs, each installed by an adapter of its own (API-8f). Where the framework's
       routes are written down before there is an application, implement ``route`` too. Where it serves other
       applications at a path, say which with ``mountable``, and implement ``mount``.
    6. Where the framework has HTTP exceptions or response objects of its own, say with ``http_exceptions`` and
       ``responses`` what they mean (BACKEND-10a, BACKEND-11); a test client of its own reaches the API like a server.

    ``ADAPTER`` in a backend's module, or an entry point in the group ``utilmeta.backends``, is the subclass.
    """

    name: ClassVar[str]
    asynchronous: ClassVar[bool]
    loop: ClassVar[bool]
    port: ClassVar[int] = 8000
    gives_up: ClassVar[bool] = False
    """Whether the framework, on an event loop, cancels a request's handler when the client leaves; then endpoints
    run to their end in tasks of their own (ASYNC-9a)."""
    loggers: ClassVar[Sequence[str]] = ()
    """Loggers of the framework and of the server of ``run`` whose arguments may be client input (SECURITY-2b)."""
    needs_django: ClassVar[bool] = False
    """Whether Django has to be set up before ``build``."""

    mountable: ClassVar[Collection[Kind]] = ()
    """The kinds of other applications that ``mount`` takes (MIGRATION-g10)."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    @classmethod
    def on_loop(cls, *, asynchronous: bool) -> bool:
        """Return whether applications of this mode are called on an event loop."""
        return cls.loop

    @classmethod
    def is_for_development(cls, *, asynchronous: bool) -> bool:
        """Return whether the server of ``run`` is one that production should not use (RUN-5b)."""
        return False

    @classmethod
    def accepts(cls, application: Any) -> bool:
        """Return whether ``application`` is one of this framework's, to be injected."""
        return False

    @classmethod
    def mode_of(cls, application: Any) -> bool:
        """Return the mode of a service that does not say, with this application injected, or None (MIGRATION-g13)."""
        return cls.asynchronous

    @classmethod
    def check_mode(cls, application: Any, *, asynchronous: bool) -> None:
        """Raise ValueError if the application, injected or None, cannot serve in this mode (BACKEND-2b)."""
        return None

    @abstractmethod
    def build(self) -> Any:
        """Return a new application of the framework."""

    @abstractmethod
    def install(self, application: Any, handle: Any) -> None:
        """Attach ``handle`` (see ``Handle`` and ``AsyncHandle``) and the hooks to the application, once."""

    def mount(self, application: Any, other: ForeignApplication) -> None:
        """Serve another application, of a kind in ``mountable``, at its route, as the last native route of this one."""
        raise NotImplementedError(f"the backend {self.name!r} mounts nothing")

    def route(self, handle: Any) -> Any:
        """Return a route of the framework that passes requests for the API's paths to ``handle`` (API-8b).

        These are what ``deployment.claims``. The user puts the route among the native ones. Raises TypeError for a
        framework that takes an API into an application instead.
        """
        raise TypeError(f"{self.name} takes an API into an application; give an instance of it, not the module")

    @classmethod
    def http_exceptions(cls) -> Mapping[type, Describe]:
        """Return the framework's HTTP exceptions by class, each with a function that returns its ErrorAnswer.

        Subclasses are meant too. Called when the application is built.
        """
        return {}

    @classmethod
    def responses(cls) -> Mapping[type, Convert]:
        """Return the framework's response classes, each with a function that returns a Response of UtilMeta.

        Subclasses are meant too. The function raises TypeError for a response whose content is not there as a whole.
        Called when the application is built.
        """
        return {}

    @classmethod
    def get_debug(cls, application: Any) -> bool:
        """Return the debug flag of an application of this framework, or with None that of the process (SERVICE-8b)."""
        return False

    def set_debug(self, application: Any, debug: bool) -> None:
        """Set the debug flag, without starting a reloader or console (SERVICE-7b, SERVICE-21)."""
        return None

    @classmethod
    def has_middleware(cls, application: Any) -> bool:
        """Return whether an application has middleware of its own, which sees API requests (SECURITY-11b)."""
        return False

    @classmethod
    def path_of(cls, native: Any) -> bytes | None:
        """Return the path of a framework's own request, below the mount point and percent-decoded once (SECURITY-11a).

        None for what is no HTTP request.
        """
        raise NotImplementedError(f"the backend {cls.name!r} does not say what the path of its own requests is")

    @classmethod
    def run_requires(cls, *, asynchronous: bool) -> Sequence[str]:
        """Return the server that ``run`` needs beside the framework: modules of ``dependency.REQUIREMENTS``."""
        return ()

    def run_options(self, application: Any) -> Mapping[str, inspect.Parameter]:
        """Return the parameters of the framework that ``run(**kwargs)`` passes on (RUN-4), by name."""
        return {}

    def listen(self, host: str, port: int) -> list[socket.socket]:
        """Return the sockets to serve on; override it where the framework brings them itself.

        Raises AddressUnavailable.
        """
        return address.listen(host, port)

    def exchange(self, application: Any) -> Exchange | AwaitedExchange:
        """Return what answers requests of this process without a server, and runs the hooks as a server does.

        Here it takes the application for one of ASGI where the backend has an event loop, else of WSGI.
        """
        lifecycle, patience = self.deployment.lifecycle, self.deployment.graceful_timeout
        if self.on_loop(asynchronous=self.deployment.asynchronous):
            from utilmeta.core.server.inside.asgi import ASGIExchange

            return ASGIExchange(application, lifecycle, patience)
        from utilmeta.core.server.inside.wsgi import WSGIExchange

        return WSGIExchange(application, lifecycle)

    @abstractmethod
    def run(self, application: Any, listener: Listener, options: Mapping[str, Any]) -> None:
        """Serve until SIGTERM or SIGINT, as step 4 above says."""


def parameters_of(function: Callable[..., Any], *but: str) -> dict[str, inspect.Parameter]:
    """Return the named parameters of a framework's function, without those in ``but``, for ``run_options``."""
    named = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = inspect.signature(function).parameters.items()
    return {name: parameter for name, parameter in parameters if parameter.kind in named and name not in ("self", *but)}
