"""Puts APIs into applications that are not UtilMeta's, beside their native routes (API-8b, API-8c).

CalcAPI.__as__(app, route="/calc")                              # a Flask, Starlette, FastAPI or Sanic application
urlpatterns = [..., CalcAPI.__as__(django, route="calc")]
Application([..., CalcAPI.__as__(tornado, route="/calc")])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from utilmeta.core.routing import embedding
from utilmeta.core.server import backends, validate_arguments
from utilmeta.utils.exceptions import ServiceError

if TYPE_CHECKING:
    from utilmeta.core.api.declaration import API
    from utilmeta.core.server.app_spec import Serving
    from utilmeta.core.server.backends.base import Adapter
    from utilmeta.core.server.state import ServiceState

# Imported with every service, so what compiles an API is imported when it is needed.


@embedding.register
def attach_api(api: type[API], target: Any, route: str, *, asynchronous: bool | None) -> Any:
    """Put an API class without a service into ``target``; this is what ``API.__as__`` does (API-8b)."""
    from utilmeta.core.server.application import compile_api

    root = validate_arguments.route(route)
    kind, application = backends.resolve(target, "target=")
    given = validate_arguments.flag("asynchronous", asynchronous)
    mode = kind.mode_of(application) if given is None else given
    kind.check_mode(application, asynchronous=mode)
    return attach(compile_api(api, kind, application, root, asynchronous=mode), kind, application)[1]


def attach_service(state: ServiceState, target: Any, above: str) -> Any:
    """Put the APIs of a service into ``target`` below ``above``, and set the service up: ``service.adapt`` (API-8c)."""
    service = state.service
    kind, application = backends.resolve(target, "target=")
    if kind is not state.adapter_class:
        raise ValueError(
            f"adapt() takes what the service's backend does, {service.backend!r}, and this is of {kind.name!r}; give "
            f"UtilMeta(backend={kind.name!r})"
        )
    if application is not None and application is state.injected:
        raise ServiceError(
            "adapt() is given the service's own backend; application() puts the API into that, and adapt('/route') at "
            "another route"
        )
    kind.check_mode(application, asynchronous=service.asynchronous)
    state.natives.append(application)
    return attach_below(state, application, above)[1]


def attach_to_own(state: ServiceState, above: str) -> tuple[Adapter, Any]:
    """Put the APIs of a service into the application that is its own backend, below ``above`` (MIGRATION-g6).

    Returns the adapter, and that application or, where the backend is a module, what the user puts among the routes.
    """
    if state.injected is None:
        state.natives.append(None)
    adapter, attached = attach_below(state, state.injected, above)
    if state.injected is not None and state.given_production is not None:
        adapter.set_debug(attached, not state.production)
    return adapter, attached


def attach_below(state: ServiceState, application: Any, above: str) -> tuple[Adapter, Any]:
    """Set a service up and compile it, and install it in ``application`` below ``above``."""
    from utilmeta.core.server.application import compile_serving

    if state.foreign:
        raise ServiceError(
            f"adapt() brings API classes alone, and the service mounts {state.foreign[0].application!r}; mount that in "
            "the application itself"
        )
    if application is not None and any(known is application and at == above for known, at in state.adaptations):
        raise ServiceError(
            f"the service is in this application at {above!r} already; call adapt() once for it, or give another route"
        )
    state.service.setup()
    attached = attach(compile_serving(state, above, strict=True), state.adapter_class, application)
    state.adaptations.append((application, above))
    return attached


def attach(serving: Serving, kind: type[Adapter], application: Any) -> tuple[Adapter, Any]:
    """Install the API in ``application`` and return it; without one, return what the user puts among the routes."""
    adapter, handle = serving.adapter(kind, application, injected=True), serving.handle(kind)
    if application is None:
        return adapter, adapter.route(handle)
    adapter.install(application, handle)
    return adapter, application
