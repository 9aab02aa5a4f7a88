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
from utilmeta.core.response.encoding import compile_encoder
from utilmeta.core.server.backends.base import Adapter, Deployment
from utilmeta.core.server.dispatch import Limits, Responder, compile_async_handle, compile_handle
from utilmeta.core.server.host import allowed_hosts
from utilmeta.core.server.plan import compile_routes
from utilmeta.core.server.portal import Portal
from utilmeta.core.server.reference import resolve
from utilmeta.core.server.speech import tell

if TYPE_CHECKING:
    from utilmeta.core.server.service import UtilMeta


def compile_service(service: UtilMeta) -> tuple[Adapter, Any]:
    """The adapter and the native application, with the API and the hooks attached."""
    lifecycle = service._lifecycle
    loop = service._adapter_class.on_loop(asynchronous=service.asynchronous)
    if service.asynchronous and not loop:
        lifecycle.settle = Portal().settle
    lifecycle.startup[:0] = overridden(service, "startup")
    lifecycle.shutdown[:0] = overridden(service, "shutdown")
    lifecycle.scopes = scopes = [scope for config in service._configs.values() if (scope := config.scope(service))]
    lifecycle.check(asynchronous=service.asynchronous)
    preference = service.get_config(Preference) or Preference()
    declared = chain.from_iterable(
        endpoints(resolve(api, service.module_name), route) for route, api in service._mounts
    )
    table = compile_routes(
        declared,
        service.route,
        strict=preference.strict_root_route,
        asynchronous=service.asynchronous,
        strict_response=bool(preference.api_default_strict_response),
        scopes=scopes,
    )
    hosts = allowed_hosts(service.allowed_hosts, production=service.production, headers=host_headers(service))
    if service.production and service.allowed_hosts is None:
        tell(
            logging.WARNING,
            "allowed_hosts is not given: requests are answered whatever Host they are for. In production give "
            "UtilMeta(allowed_hosts=[...]) the names that clients use, or ['*'] where a proxy sees to it",
        )
    responder = Responder(compile_encoder(service.get_config(Time) or Time.unused()), production=service.production)
    adapter = service._adapter_class(
        Deployment(
            name=service.name,
            module_name=service.module_name,
            asynchronous=service.asynchronous,
            production=service.production,
            graceful_timeout=service.graceful_timeout,
            max_body_size=service.max_body_size,
            lifecycle=lifecycle,
            injected=service._injected is not None,
            claims=table.claims,
            rest=service._injected is None or not table.root,
            hosts=hosts,
        )
    )
    application = adapter.build() if service._injected is None else service._injected
    if service._injected is None or service._production is not None:
        adapter.set_debug(application, not service.production)
    limits = Limits(service.max_body_size, hosts)
    if loop:
        handle: Any = compile_async_handle(table, responder, limits, lifecycle)
    else:
        handle = compile_handle(table, responder, limits, lifecycle)
    adapter.install(application, handle)
    return adapter, application


def host_headers(service: UtilMeta) -> tuple[str, ...]:
    """The headers that say which Host a request is for, as Django is told to trust them."""
    forwarded = service._django_settings.get("USE_X_FORWARDED_HOST")
    return ("x-forwarded-host", "host") if forwarded is not None and forwarded.value else ("host",)


def overridden(service: UtilMeta, name: str) -> list[Any]:
    """The hooks of the configurations that have one of this name, in the order of ``use`` (CONFIG-8)."""
    hooks = [(config, getattr(type(config), name)) for config in service._configs.values()]
    return [partial(hook, config, service) for config, hook in hooks if hook is not getattr(Config, name)]
