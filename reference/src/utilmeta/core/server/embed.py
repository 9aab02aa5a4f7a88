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
    mode = kind.asynchronous if given is None else given
    kind.check_mode(application, asynchronous=mode)
    return attach(compile_api(api, kind, application, root, asynchronous=mode), kind, application)


def attach_service(state: ServiceState, target: Any, route: str) -> Any:
    """Put the APIs of a service into ``target`` at ``route``, and set the service up: ``service.adapt`` (API-8c)."""
    from utilmeta.core.server.application import compile_serving

    service = state.service
    kind, application = backends.resolve(target, "target=")
    if kind is not state.adapter_class:
        raise ValueError(
            f"adapt() takes what the service's backend does, {service.backend!r}, and this is of {kind.name!r}; give "
            f"UtilMeta(backend={kind.name!r})"
        )
    if application is not None and application is state.injected:
        raise ServiceError("adapt() is given the service's own backend; application() puts the API into that")
    kind.check_mode(application, asynchronous=service.asynchronous)
    state.natives.append(application)
    service.setup()
    return attach(compile_serving(state, route, strict=True), kind, application)


def attach(serving: Serving, kind: type[Adapter], application: Any) -> Any:
    """Install the API in ``application`` and return it; without one, return what the user puts among the routes."""
    adapter, handle = serving.adapter(kind, application, injected=True), serving.handle(kind)
    if application is None:
        return adapter.route(handle)
    adapter.install(application, handle)
    return application
