"""Compiles a declared service, or an API class alone, into an application; done once, before anything is served."""

from __future__ import annotations

import logging
from functools import partial
from itertools import chain
from typing import Any

from utilmeta.conf.config import Config
from utilmeta.conf.preference import Preference
from utilmeta.conf.time import Time
from utilmeta.core.api.declaration import API
from utilmeta.core.api.tree import endpoints, join
from utilmeta.core.concurrency.threads import set_max_waiting
from utilmeta.core.errors.notify import tell
from utilmeta.core.orm.transactions import find_scope, find_transactions
from utilmeta.core.pipeline.host import allowed_hosts
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes
from utilmeta.core.pipeline.responder import Responder
from utilmeta.core.pipeline.timeout import come_in_time
from utilmeta.core.request.body.json_limits import JSONLimits
from utilmeta.core.request.client_address import proxies
from utilmeta.core.response.encoding import compile_encoder
from utilmeta.core.server.app_spec import Serving
from utilmeta.core.server.backends.base import Adapter
from utilmeta.core.server.reference import resolve
from utilmeta.core.server.state import ServiceState
from utilmeta.utils.exceptions import DeclarationError


def compile_service(state: ServiceState) -> tuple[Adapter, Any]:
    """Compile a service: its adapter, and the native application with the API and the hooks in it."""
    service = state.service
    preference = service.get_config(Preference) or Preference()
    serving = compile_serving(state, "", strict=preference.strict_root_route)
    for other in state.foreign:
        if other.route != "/" and f"/{'/'.join(serving.table.root)}/".startswith(f"{other.route}/"):
            raise DeclarationError(
                f"{other.application!r} is mounted at {other.route!r}, where it hides the root API; give one of them "
                "another route"
            )
    adapter = serving.adapter(
        state.adapter_class,
        state.injected,
        injected=state.injected is not None,
        rest=not serving.table.root,
    )
    application = adapter.build() if state.injected is None else state.injected
    if state.injected is None or state.given_production is not None:
        adapter.set_debug(application, not service.production)
    if serving.table.root and not serving.table.strict and adapter.has_middleware(application):
        tell(
            logging.WARNING,
            "the application has middleware of its own, and the API answers each path with "
            f"/{adapter.deployment.route} before it and without: where that middleware goes by paths, let it ask "
            "service.canonical_path(request), or give Preference(strict_root_route=True)",
        )
    adapter.install(application, serving.handle(state.adapter_class))
    for other in state.foreign:
        adapter.mount(application, other)
    state.adaptations.append((application, "/"))
    return adapter, application


def compile_serving(state: ServiceState, above: str, *, strict: bool) -> Serving:
    """Compile the APIs of a service at its root route below ``above``; with ``strict`` nowhere else (PREFERENCE-1)."""
    service = state.service
    lifecycle = state.lifecycle
    scopes = [scope for config in state.configurations.values() if (scope := config.scope(service))]
    if not any(scope.databases for scope in scopes):
        scopes += filter(None, [find_scope(service.backend, asynchronous=service.asynchronous)])
    lifecycle.scopes = scopes
    set_max_waiting(service.max_waiting)
    json = JSONLimits(min(service.max_json_size, service.max_body_size), service.max_json_values)
    lifecycle.surround(
        overridden(state, "startup", "on_startup"),
        overridden(state, "shutdown", "on_shutdown"),
    )
    lifecycle.check(asynchronous=service.asynchronous)
    preference = service.get_config(Preference) or Preference()
    root, mounts = mounted(state)
    declared = chain.from_iterable(endpoints(api, prefix) for prefix, api in mounts)
    responder = Responder(compile_encoder(service.get_config(Time) or Time.unused()), production=service.production)
    table = compile_routes(
        declared,
        join(above, root),
        strict=strict,
        options=PlanOptions(
            asynchronous=service.asynchronous,
            strict_response=bool(preference.api_default_strict_response),
            scopes=scopes,
            transactions=find_transactions(responder.encoded, come_in_time),
        ),
    )
    state.tables.append(table)
    hosts = allowed_hosts(service.allowed_hosts, production=service.production, headers=host_headers(state))
    if service.production and service.allowed_hosts is None:
        tell(
            logging.WARNING,
            "allowed_hosts is not given: requests are answered whatever Host they are for. In production give "
            "UtilMeta(allowed_hosts=[...]) the names that clients use, or ['*'] where a proxy sees to it",
        )
    return Serving(
        name=service.name,
        module_name=service.module_name,
        asynchronous=service.asynchronous,
        production=service.production,
        table=table,
        responder=responder,
        hosts=hosts,
        max_body_size=service.max_body_size,
        max_header_fields=service.max_header_fields,
        max_header_size=service.max_header_size,
        header_timeout=service.header_timeout,
        body_timeout=service.body_timeout,
        keep_alive_timeout=service.keep_alive_timeout,
        json=json,
        proxies=proxies(service.trusted_proxies),
        graceful_timeout=service.graceful_timeout,
        lifecycle=lifecycle,
        others=[other.route for other in state.foreign if other.route != "/"],
    )


def mounted(state: ServiceState) -> tuple[str, list[tuple[str, type[API]]]]:
    """Return the root route of a service, and its API classes, each with its route below that.

    A class that alone is mounted in a service without ``api`` is the root API (API-g18). One that is given twice for
    one place is there once (API-15b). Raises DeclarationError for a reference that leads nowhere.
    """
    service = state.service
    given = [] if state.api is None else [("/", state.api)]
    found = ((route, resolve(api, service.module_name)) for route, api in (*given, *state.mounts))
    mounts = list(dict.fromkeys(found))
    if state.api is None and len(mounts) == 1:
        route, api = mounts[0]
        return join(service.route, route), [("/", api)]
    return service.route, mounts


def compile_api(api: type[API], kind: type[Adapter], application: Any, route: str, *, asynchronous: bool) -> Serving:
    """Compile an API class without a service, for ``application``, at the root route ``route`` alone (API-8b).

    ``kind`` is the backend. There are no hooks and configurations, and limits are the defaults.
    """
    production = not kind.get_debug(application)
    responder = Responder(compile_encoder(Time.unused()), production=production)
    scope = find_scope(kind.name, asynchronous=asynchronous)
    table = compile_routes(
        endpoints(api),
        route,
        strict=True,
        options=PlanOptions(
            asynchronous=asynchronous,
            scopes=[scope] if scope else [],
            transactions=find_transactions(responder.encoded, come_in_time),
        ),
    )
    return Serving(
        name=api.__name__,
        module_name=api.__module__,
        asynchronous=asynchronous,
        production=production,
        table=table,
        responder=responder,
        hooks=False,
    )


def host_headers(state: ServiceState) -> tuple[str, ...]:
    """The headers that say which Host a request is for; Django's USE_X_FORWARDED_HOST decides."""
    forwarded = state.django_settings.get("USE_X_FORWARDED_HOST")
    return ("x-forwarded-host", "host") if forwarded is not None and forwarded.value else ("host",)


def overridden(state: ServiceState, *names: str) -> list[Any]:
    """The methods of these names of the configurations that override them, in the order of ``use`` (CONFIG-8)."""
    hooks = [(config, name) for config in state.configurations.values() for name in names]
    return [
        partial(hook, config, state.service)
        for config, name in hooks
        if (hook := getattr(type(config), name)) is not getattr(Config, name)
    ]
