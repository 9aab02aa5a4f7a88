"""``UtilMeta``, the service: declares, compiles and runs it."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

from utilmeta.conf.config import Config
from utilmeta.conf.current import refuse_second, register
from utilmeta.core.concurrency.run_sync import run_sync
from utilmeta.core.concurrency.threads import MAX_WAITING
from utilmeta.core.pipeline.defaults import (
    BODY_TIMEOUT,
    GRACEFUL_TIMEOUT,
    HEADER_TIMEOUT,
    KEEP_ALIVE_TIMEOUT,
    MAX_BODY_SIZE,
    MAX_HEADER_FIELDS,
    MAX_HEADER_SIZE,
)
from utilmeta.core.request.body.json_limits import MAX_SIZE as MAX_JSON_SIZE
from utilmeta.core.request.body.json_limits import MAX_VALUES as MAX_JSON_VALUES
from utilmeta.core.request.client_address import LOOPBACK
from utilmeta.core.server import backends, foreign, validate_arguments
from utilmeta.core.server.embed import attach_service, attach_to_own
from utilmeta.core.server.inside.clients import WithClients
from utilmeta.core.server.state import ServiceState
from utilmeta.core.server.version import version_text
from utilmeta.utils.exceptions import DeclarationError, ServiceError

if TYPE_CHECKING:
    from utilmeta.core.api.declaration import API
    from utilmeta.core.server.django_setup.setting import Settings

Function = TypeVar("Function", bound=Callable[..., Any])
AnyConfig = TypeVar("AnyConfig", bound=Config)
APIClass = TypeVar("APIClass", bound="type[API]")
Mounted = TypeVar("Mounted")


class UtilMeta(WithClients):
    """The service of this process; a second one is a ServiceError (SERVICE-20).

    ``module_name``: the ``__name__`` of the module that declares the service.
    ``backend``: a framework's module or name, an application instance, or an Adapter class.
    ``name``, ``description``, ``version``: what the service is called; ``name`` defaults to the project directory's
    name (SERVICE-4), ``version`` is a text or a tuple such as ``(0, 1, 0)`` (SERVICE-15).
    ``production``: not given, the opposite of the user's application's debug flag, else False (SERVICE-6, SERVICE-8b).
    ``host``, ``port``: the address of ``run()``, by default 127.0.0.1 and the backend's port.
    ``asynchronous``: whether ``async def`` endpoints and hooks are served; by default the backend's habit (SERVICE-16).
    ``api``: the root API class, or a reference such as ``"package.module.RootAPI"`` (SERVICE-17).
    ``route``: the root route that all APIs are mounted below (SERVICE-18).
    ``max_body_size``, ``max_json_size``: the largest request body, and the largest of JSON, in bytes (SECURITY-7).
    ``max_json_values``: how many values a body of JSON may have (SECURITY-7).
    ``max_header_fields``, ``max_header_size``: how many header fields a request may have, and their bytes.
    ``header_timeout``, ``body_timeout``, ``keep_alive_timeout``: seconds that ``run()`` waits for a request's head, for
    the next bytes of its body and for the next request before it closes the connection (SECURITY-6a).
    ``max_waiting``: how many calls of plain functions may wait for a thread under an event loop (SECURITY-5c).
    ``graceful_timeout``: seconds that requests in flight have to finish at shutdown.
    ``allowed_hosts``: the Hosts that API requests may be for, as Django's ALLOWED_HOSTS; not given, any (DJANGO-7).
    ``auto_reload``: whether ``run()`` starts the service anew when its code changes, outside production (CONFIG-g1).
    ``origin``: where clients reach the service, such as ``"https://api.example.com"``, without a path (CONFIG-g2).
    ``trusted_proxies``: addresses and networks, such as ``"10.0.0.0/8"``, of the proxies whose X-Forwarded-For tells
    the client's address; not given, 127.0.0.1 and ::1 (SECURITY-19).

    Raises TypeError and ValueError for a wrong argument, UnknownBackend and BackendNotInstalled.
    """

    def __init__(
        self,
        module_name: str,
        /,
        *,
        backend: Any = None,
        name: str | None = None,
        description: str | None = None,
        production: bool | None = None,
        host: str | None = None,
        port: int | None = None,
        version: str | tuple[int | str, ...] | None = None,
        asynchronous: bool | None = None,
        api: type[API] | str | None = None,
        route: str = "/",
        max_body_size: int = MAX_BODY_SIZE,
        max_json_size: int = MAX_JSON_SIZE,
        max_json_values: int = MAX_JSON_VALUES,
        max_header_fields: int = MAX_HEADER_FIELDS,
        max_header_size: int = MAX_HEADER_SIZE,
        header_timeout: float = HEADER_TIMEOUT,
        body_timeout: float = BODY_TIMEOUT,
        keep_alive_timeout: float = KEEP_ALIVE_TIMEOUT,
        max_waiting: int = MAX_WAITING,
        graceful_timeout: float = GRACEFUL_TIMEOUT,
        allowed_hosts: Sequence[str] | None = None,
        auto_reload: bool | None = None,
        origin: str | None = None,
        trusted_proxies: Sequence[str] = LOOPBACK,
    ) -> None:
        self.module_name = validate_arguments.module_name(module_name)
        refuse_second(self)
        self.name = validate_arguments.name(name, self.project_directory)
        self.description = validate_arguments.text("description", "" if description is None else description)
        self.host = validate_arguments.host(host)
        self.version = version_text(version)
        self.route = validate_arguments.route(route)
        self.api = None if api is None else validate_arguments.api(api)
        self.max_body_size = validate_arguments.size("max_body_size", max_body_size)
        self.max_json_size = validate_arguments.size("max_json_size", max_json_size)
        self.max_json_values = validate_arguments.count("max_json_values", max_json_values)
        self.max_header_fields = validate_arguments.count("max_header_fields", max_header_fields, least=1)
        self.max_header_size = validate_arguments.count("max_header_size", max_header_size, least=1)
        self.header_timeout = validate_arguments.patience("header_timeout", header_timeout)
        self.body_timeout = validate_arguments.patience("body_timeout", body_timeout)
        self.keep_alive_timeout = validate_arguments.patience("keep_alive_timeout", keep_alive_timeout)
        self.max_waiting = validate_arguments.count("max_waiting", max_waiting)
        self.graceful_timeout = validate_arguments.seconds("graceful_timeout", graceful_timeout)
        self.allowed_hosts = validate_arguments.hosts(allowed_hosts)
        self.auto_reload = bool(validate_arguments.flag("auto_reload", auto_reload))
        self.origin = validate_arguments.origin(origin)
        self.trusted_proxies = validate_arguments.trusted_proxies(trusted_proxies)
        given_port, given_mode = validate_arguments.port(port), validate_arguments.flag("asynchronous", asynchronous)
        given_production = validate_arguments.flag("production", production)
        if backend is None:
            raise TypeError(
                f"UtilMeta needs a backend, such as backend='flask'; supported: {', '.join(backends.names())}"
            )
        adapter_class, injected = backends.resolve(backend)
        self.port = adapter_class.port if given_port is None else given_port
        mode = adapter_class.mode_of(injected) if given_mode is None else given_mode
        adapter_class.check_mode(injected, asynchronous=mode)
        self._state = ServiceState(
            service=self,
            adapter_class=adapter_class,
            injected=injected,
            given_production=given_production,
            asynchronous=mode,
            api=self.api,
            natives=[] if injected is None else [injected],
        )
        self.commands: dict[str, type[Any]] = {}
        self._ready = False
        self._prepared: set[type[Config]] = set()
        self._application: Any = None
        self._adapter: Any = None
        self._compiled = False
        register(self)

    @property
    def module_file(self) -> str | None:
        """The file of the declaring module; None in an interactive session."""
        return getattr(sys.modules.get(self.module_name), "__file__", None)

    @property
    def project_directory(self) -> Path:
        """The directory of the declaring module, else the working directory."""
        return Path(self.module_file).resolve().parent if self.module_file else Path.cwd()

    @property
    def backend(self) -> str:
        """The backend's name, such as ``"flask"``."""
        return self._state.adapter_class.name

    @property
    def asynchronous(self) -> bool:
        """Whether ``async def`` endpoints and hooks are served; fixed at construction (SERVICE-16b)."""
        return self._state.asynchronous

    @property
    def production(self) -> bool:
        """The argument; not given, the opposite of the debug flag of the user's application, injected or adapted, else
        False (SERVICE-6b, SERVICE-8b)."""
        return self._state.production

    @property
    def django_settings(self) -> Settings:
        """Django's settings by name, each with its source; empty before ``setup`` and where Django is not used."""
        return self._state.django_settings

    def api_classes(self) -> tuple[str, list[tuple[str, type[API]]]]:
        """The root route, and each API class with its route below that. Raises DeclarationError for a reference that
        leads nowhere."""
        from utilmeta.core.server.application import mounted

        return mounted(self._state)

    # --- configuration ---

    def use(self, config: Config) -> UtilMeta:
        """Add a configuration, and return the service (CONFIG-1, CONFIG-1b).

        The configuration's own ``hook`` is called then (PLUGIN-g10); one whose ``hook`` raises is not used. Raises
        TypeError for an object that is no configuration, ServiceError for a second one of a class (CONFIG-2) and after
        ``setup`` (CONFIG-4b).
        """
        if not isinstance(config, Config):
            # Its repr may show a secret.
            given = f"the class {config.__name__}" if isinstance(config, type) else f"a {type(config).__name__}"
            raise TypeError(f"use takes a configuration, an instance of utilmeta.conf.Config, not {given}")
        if type(config) in self._state.configurations:
            raise ServiceError(f"{type(config).__name__} is in use already; a class of configuration is used once")
        if self._ready:
            raise ServiceError(f"use({type(config).__name__}) comes after setup(); configure the service before")
        self._state.configurations[type(config)] = config
        try:
            run_sync(type(config).hook(config, self))
        except BaseException:
            del self._state.configurations[type(config)]
            raise
        return self

    def get_config(self, cls: type[AnyConfig]) -> AnyConfig | None:
        """The configuration of this class or of a subclass of it; None if there is none."""
        return self._state.get_config(cls)

    def setup(self) -> None:
        """Prepare the configurations; done once, further calls do nothing (CONFIG-4c).

        Raises what the ``setup`` of a configuration raises; another call then starts again with that one.
        """
        if self._ready:
            return
        self._ready = True
        try:
            self._prepare()
        except BaseException:
            self._ready = False
            raise

    def _prepare(self) -> None:
        """Check the optional packages, set Django up where it is needed, and call each configuration's ``setup``."""
        state = self._state
        configs = state.configurations.values()
        needed = state.adapter_class.needs_django or any(config.needs_django for config in configs)
        wsgi = any(each.kind is foreign.Kind.WSGI for each in state.foreign)
        modules = chain(
            ["django"] if needed else [],
            ["a2wsgi"] if wsgi else [],
            *(config.dependencies() for config in configs),
        )
        for module in dict.fromkeys(modules):
            from utilmeta.core.server.dependency import require

            require(module, state)
        if needed and not state.django_settings:
            from utilmeta.core.server.django_setup.setup import install

            state.django_settings.update(install(state))
        for config in configs:
            if type(config) not in self._prepared:
                run_sync(config.setup(self))
                self._prepared.add(type(config))

    # --- API and hooks ---

    @overload
    def mount(self, api: None = None, route: str = "") -> Callable[[APIClass], APIClass]: ...

    @overload
    def mount(self, api: Mounted, route: str = "") -> Mounted: ...

    def mount(self, api: Any = None, route: str = "") -> Any:
        """Serve an API class, or the one that a reference names, at ``route``; without one, return a decorator.

        Where the service has no ``api`` and mounts no other class, this is the root API, and ``route`` the root route
        (API-g18). Else it is served at ``route`` below the root route (API-8a).

        ``api`` may be an application of another kind: of WSGI or ASGI on starlette and fastapi, a NinjaAPI or a router
        of Django REST framework on django. It is at ``route``, wherever the root route is (MIGRATION-g10, g11).

        Returns ``api``. Raises TypeError for anything else, ServiceError after ``application()`` and ``adapt``, and for
        a second application at one route.
        """
        if self._compiled:
            raise ServiceError("mount comes after application() or adapt(); the routes are built already")
        place = validate_arguments.route(route)
        if api is None:
            return functools.partial(self.mount, route=route)
        if not validate_arguments.is_api(api):
            self._mount_other(api, place)
            return api
        self._state.mounts.append((place, api))
        return api

    def _mount_other(self, application: Any, route: str) -> None:
        """Mount an application that is not UtilMeta's. Raises TypeError and ServiceError, as ``mount`` says."""
        kind = foreign.mountable_kind(application, self.backend, self._state.adapter_class.mountable)
        for there in self._state.foreign:
            if there.route == route:
                raise ServiceError(f"{application!r} is mounted at {route!r}, where {there.application!r} is already")
        self._state.foreign.append(foreign.ForeignApplication(route, application, kind))

    def on_startup(self, function: Function) -> Function:
        """Register a startup hook; returns the function unchanged. Raises TypeError for one that is not callable."""
        self._register(self._state.lifecycle.startup, "on_startup", function)
        return function

    def on_shutdown(self, function: Function) -> Function:
        """Register a shutdown hook; returns the function unchanged. Raises TypeError for one that is not callable."""
        self._register(self._state.lifecycle.shutdown, "on_shutdown", function)
        return function

    def register_command(self, command: type[Any]) -> type[Any]:
        """Add a command of the service's own to ``meta``, and return it (CLI-g14).

        ``command`` is a class, made without arguments: its ``name``, or else its own in small letters, is what it is
        called by, the first line of its docstring is its help, ``add_arguments(parser)`` may add to an
        ``argparse.ArgumentParser``, and ``run(service, arguments)`` runs it. Raises TypeError for a class without
        ``run``, ServiceError for a second command of a name.
        """
        if not isinstance(command, type) or not callable(getattr(command, "run", None)):
            raise TypeError(f"register_command takes a class with a function run(service, arguments), not {command!r}")
        name = getattr(command, "name", None) or command.__name__.lower()
        if name in self.commands:
            raise ServiceError(f"there is a command {name!r} already, {self.commands[name].__qualname__}")
        self.commands[name] = command
        return command

    def _register(self, hooks: list[Callable[[], Any]], kind: str, function: Any) -> None:
        """Add a hook to ``hooks``. Raises TypeError, and DeclarationError for an ``async def`` that comes too late."""
        if not callable(function):
            raise TypeError(f"{kind} takes a function, not {function!r}")
        hooks.append(function)
        if self._compiled:
            try:
                self._state.lifecycle.check(asynchronous=self.asynchronous)
            except DeclarationError:
                hooks.remove(function)
                raise

    # --- serving ---

    def application(self) -> Any:
        """The framework's application, built at the first call; later calls return the same object (APPLICATION-1b)."""
        if self._application is None:
            self.setup()
            self._adapter, self._application = self._compile()
            self._compiled = True
        return self._application

    def _compile(self) -> tuple[Any, Any]:
        """The adapter and the application."""
        from utilmeta.core.server.application import compile_service

        return compile_service(self._state)

    def adapt(self, target: Any, route: str | None = None) -> Any:
        """Put the API into an existing application, with the service's hooks, configurations and preferences (API-8c).

        ``adapt("/route")`` puts it into the application that is the service's ``backend``; on Django and Tornado, where
        that is the module, it returns what goes among the URL patterns or rules (MIGRATION-g6). Else ``target`` and the
        result are those of ``API.__as__``. The root route is below ``route`` (MIGRATION-g7). Raises ValueError for a
        target of another backend or mode, TypeError for an object that is no target, ServiceError for the application
        that is the service's own ``backend`` without a route before it, which ``application()`` is for, and for a
        second call with the same application and route.
        """
        own = isinstance(target, str) and target.startswith("/")
        if own and route is not None:
            raise TypeError(f"adapt() takes one route, not {target!r} and {route!r}")
        given = target if own else route
        above = validate_arguments.route("" if given is None else given)
        if own:
            self._adapter, attached = attach_to_own(self._state, above)
            self._application = self._state.injected
        else:
            attached = attach_service(self._state, target, above)
        self._compiled = True
        return attached

    def canonical_path(self, request: Any) -> str | None:
        """The path of a native request as the API reads it, for native middleware (SECURITY-11a).

        It is decoded once, has no empty segments, and begins with the root route, however it was sent.

        ``request`` is Django's HttpRequest, ``flask.request``, the Request or scope of Starlette and FastAPI, Sanic's
        Request, Tornado's HTTPServerRequest. None for a path that is not the API's. Raises ServiceError before
        ``application()`` and ``adapt``.
        """
        if not self._state.tables:
            raise ServiceError("canonical_path comes before application() or adapt(); there are no routes yet")
        path = self._state.adapter_class.path_of(request)
        if path is None:
            return None
        found = (table.canonical(path) for table in self._state.tables)
        return next((canonical for canonical in found if canonical is not None), None)

    def run(self, **options: Any) -> None:
        """Serve until SIGTERM or SIGINT. ``options`` are parameters of the framework's own ``run``; among them ``host``
        and ``port`` are used in place of the service's.

        Raises TypeError for one the framework does not know. Ends the process with status 1 and one paragraph on stderr
        if the server is missing (PREFERENCE-10), the address is taken (SERVICE-14) or a startup hook fails (HOOK-7a).
        """
        from utilmeta.core.server.run import run

        if self.auto_reload and not self.production:
            from utilmeta.core.server import reload

            if not reload.is_child():
                reload.supervise(self.project_directory)
            reload.end_with_parent()
        application = self.application()
        run(self._state, self._adapter, application, options)

    def __repr__(self) -> str:
        return f"UtilMeta({self.module_name!r}, name={self.name!r}, backend={self.backend!r})"
