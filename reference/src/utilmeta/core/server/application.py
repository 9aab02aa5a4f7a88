"""From a declared service to an application: the one place where everything is put together, once."""

from __future__ import annotations

import logging
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from utilmeta.conf.config import Config
from utilmeta.conf.preference import Preference
from utilmeta.conf.time import Time
from utilmeta.core.api.tree import endpoints
from utilmeta.core.concurrency.threads import set_max_waiting
from utilmeta.core.errors.notify import tell
from utilmeta.core.orm.transactions import find_scope, find_transactions
from utilmeta.core.pipeline.host import allowed_hosts
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes
from utilmeta.core.pipeline.responder import Responder
from utilmeta.core.request.body.json_limits import JSONLimits
from utilmeta.core.response.encoding import compile_encoder
from utilmeta.core.server.app_spec import Serving
from utilmeta.core.server.backends.base import Adapter
from utilmeta.core.server.reference import resolve

if TYPE_CHECKING:
    from utilmeta.core.server.service import UtilMeta


def compile_service(service: UtilMeta) -> tuple[Adapter, Any]:
    """The adapter and the native application, with the API and the hooks attached."""
    preference = service.get_config(Preference) or Preference()
    serving = compile_serving(service, service.route, strict=preference.strict_root_route)
    adapter = serving.adapter(
        service._adapter_class,
        service._injected,
        injected=service._injected is not None,
        rest=not serving.table.root,
    )
    application = adapter.build() if service._injected is None else service._injected
    if service._injected is None or service._production is not None:
        adapter.set_debug(application, not service.production)
    if serving.table.root and not serving.table.strict and adapter.has_middleware(application):
        tell(
            logging.WARNING,
            f"the application has middleware of its own, and the API answers each path with {service.route} before it "
            "and without: where that middleware goes by paths, let it ask service.canonical_path(request), or give "
            "Preference(strict_root_route=True)",
        )
    adapter.install(application, serving.handle(service._adapter_class))
    return adapter, application


def compile_serving(service: UtilMeta, route: str, *, strict: bool) -> Serving:
    """What a service serves, and how, its API at this root route; with ``strict`` nowhere else (PREFERENCE-1)."""
    lifecycle = service._lifecycle
    scopes = [scope for config in service._configs.values() if (scope := config.scope(service))]
    if not any(scope.databases for scope in scopes):
        scopes += filter(None, [find_scope(service.backend, asynchronous=service.asynchronous)])
    lifecycle.scopes = scopes
    set_max_waiting(service.max_waiting)
    json = JSONLimits(min(service.max_json_size, service.max_body_size), service.max_json_values)
    lifecycle.surround(overridden(service, "startup"), overridden(service, "shutdown"))
    lifecycle.check(asynchronous=service.asynchronous)
    preference = service.get_config(Preference) or Preference()
    declared = chain.from_iterable(
        endpoints(resolve(api, service.module_name), prefix) for prefix, api in service._mounts
    )
    responder = Responder(compile_encoder(service.get_config(Time) or Time.unused()), production=service.production)
    table = compile_routes(
        declared,
        route,
        strict=strict,
        options=PlanOptions(
            asynchronous=service.asynchronous,
            strict_response=bool(preference.api_default_strict_response),
            scopes=scopes,
            transactions=find_transactions(responder.encoded),
        ),
    )
    service._tables.append(table)
    hosts = allowed_hosts(service.allowed_hosts, production=service.production, headers=host_headers(service))
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
        graceful_timeout=service.graceful_timeout,
        lifecycle=lifecycle,
    )


def host_headers(service: UtilMeta) -> tuple[str, ...]:
    """The headers that say which Host a request is for, as Django is told to trust them."""
    forwarded = service._django_settings.get("USE_X_FORWARDED_HOST")
    return ("x-forwarded-host", "host") if forwarded is not None and forwarded.value else ("host",)


def overridden(service: UtilMeta, name: str) -> list[Any]:
    """The hooks of the configurations that have one of this name, in the order of ``use`` (CONFIG-8)."""
    hooks = [(config, getattr(type(config), name)) for config in service._configs.values()]
    return [partial(hook, config, service) for config, hook in hooks if hook is not getattr(Config, name)]
