"""An API put into an application that is not UtilMeta's, beside its native routes (API-8b, API-8c).

CalcAPI.__as__(app, route="/calc")                              # a Flask, Starlette, FastAPI or Sanic application
urlpatterns = [..., CalcAPI.__as__(django, route="calc")]
Application([..., CalcAPI.__as__(tornado, route="/calc")])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from utilmeta.conf.time import Time
from utilmeta.core.api.tree import endpoints
from utilmeta.core.orm.transactions import find_scope, find_transactions
from utilmeta.core.pipeline.plan import PlanOptions, compile_routes
from utilmeta.core.pipeline.responder import Responder
from utilmeta.core.response.encoding import compile_encoder
from utilmeta.core.server import backends, validate_arguments
from utilmeta.core.server.app_spec import Serving
from utilmeta.core.server.application import compile_serving
from utilmeta.core.server.backends.base import Adapter
from utilmeta.utils.exceptions import ServiceError

if TYPE_CHECKING:
    from utilmeta.core.api.declaration import API
    from utilmeta.core.server.service import UtilMeta


def attach_api(api: type[API], target: Any, route: str, *, asynchronous: bool | None) -> Any:
    """``API.__as__``: without a service there are no hooks and configurations, and limits are the defaults."""
    root = validate_arguments.route(route)
    kind, application = backends.resolve(target, "target=")
    given = validate_arguments.flag("asynchronous", asynchronous)
    mode = kind.asynchronous if given is None else given
    kind.check_mode(application, asynchronous=mode)
    production = not kind.get_debug(application)
    responder = Responder(compile_encoder(Time.unused()), production=production)
    scope = find_scope(kind.name, asynchronous=mode)
    table = compile_routes(
        endpoints(api),
        root,
        strict=True,
        options=PlanOptions(
            asynchronous=mode, scopes=[scope] if scope else [], transactions=find_transactions(responder.encoded)
        ),
    )
    serving = Serving(
        name=api.__name__,
        module_name=api.__module__,
        asynchronous=mode,
        production=production,
        table=table,
        responder=responder,
        hooks=False,
    )
    return attach(serving, kind, application)


def attach_service(service: UtilMeta, target: Any, route: str) -> Any:
    """``service.adapt``: the service is set up, as one whose application is the user's."""
    kind, application = backends.resolve(target, "target=")
    if kind is not service._adapter_class:
        raise ValueError(
            f"adapt() takes what the service's backend does, {service.backend!r}, and this is of {kind.name!r}; give "
            f"UtilMeta(backend={kind.name!r})"
        )
    if application is not None and application is service._injected:
        raise ServiceError("adapt() is given the service's own backend; application() puts the API into that")
    kind.check_mode(application, asynchronous=service.asynchronous)
    service._natives.append(application)
    service.setup()
    return attach(compile_serving(service, route, strict=True), kind, application)


def attach(serving: Serving, kind: type[Adapter], application: Any) -> Any:
    """The application, which has the API in it now; or what its author puts among its routes."""
    adapter, handle = serving.adapter(kind, application, injected=True), serving.handle(kind)
    if application is None:
        return adapter.route(handle)
    adapter.install(application, handle)
    return application
