"""Backend for Starlette: an ASGI application, run by uvicorn.

The API is the router's default, so every native route, whenever it was added, comes first. Where there is a native
catch-all, the API is a route too, right before that.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from inspect import Parameter
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Match, Mount

from utilmeta.core.errors.framework import Convert, Describe
from utilmeta.core.request.servers.asgi import ASGIRequest
from utilmeta.core.request.servers.recorded_body import IN_SCOPE, RecordedReceive
from utilmeta.core.request.servers.starlette import RecordedRequest, StarletteRequest
from utilmeta.core.server.backends import asgi, starlette_debug_pages, starlette_responses
from utilmeta.core.server.backends.base import Adapter, AsyncHandle, Deployment, Lifecycle, Listener
from utilmeta.core.server.backends.routes import Routes
from utilmeta.core.server.foreign import ForeignApplication, Kind

CATCH_ALL = re.compile(r"/?\{\w+:path\}")


class Claimed(BaseRoute):  # type: ignore[misc]
    """Route that matches what the API claims."""

    def __init__(self, deployment: Deployment, serve: Any) -> None:
        self.claims = deployment.claims
        self.handle = serve

    def matches(self, scope: Any) -> tuple[Match, Any]:
        if scope["type"] == "http" and self.claims(ASGIRequest(scope, unread).path_bytes()):
            return Match.FULL, {}
        return Match.NONE, {}

    def among(self, routes: list[Any]) -> list[Any]:
        """Return an application's routes with this one before the catch-alls, or left out where there are none."""
        native = [route for route in routes if route is not self]
        last = [route for route in native if catches_all(route)]
        return [*(route for route in native if route not in last), self, *last] if last else native


def catches_all(route: Any) -> bool:
    """Return whether a route takes any path."""
    included = getattr(route, "original_router", None)  # FastAPI's include_router, as one route
    if included is not None:
        return not route.include_context.prefix and any(catches_all(inner) for inner in included.routes)
    path = getattr(route, "path", None)
    return path == "" if isinstance(route, Mount) else isinstance(path, str) and bool(CATCH_ALL.fullmatch(path))


async def unread() -> Any:
    """ASGI ``receive`` for requests that are routed only, and whose body must not be read."""
    raise RuntimeError("routing reads no body")


class StarletteAdapter(Adapter):
    """Adapter of ``backend="starlette"``."""

    name = "starlette"
    asynchronous = True
    loop = True
    loggers = ("uvicorn.error", "uvicorn.access")
    mountable = (Kind.WSGI, Kind.ASGI)

    @classmethod
    def accepts(cls, application: Any) -> bool:
        return isinstance(application, Starlette)

    def build(self) -> Starlette:
        return Starlette()

    def install(self, application: Starlette, handle: AsyncHandle) -> None:
        router = application.router
        native, takes, alone = router.default, self.deployment.takes, not self.deployment.injected

        async def serve(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                request = (RecordedRequest if IN_SCOPE in scope else StarletteRequest)(scope, receive)
                if alone or takes(request.path_bytes()):
                    await asgi.send_reply(send, *await handle(request))
                    background = getattr(request, "background", None)
                    if background is not None:
                        await background()
                    return
            await native(scope, receive, send)

        router.default = serve
        claimed = Claimed(self.deployment, serve)
        router.routes = Routes(router.routes, claimed.among)
        starlette_debug_pages.withhold(application)
        record_bodies(application, self.deployment)
        if self.deployment.hooks:
            router.lifespan_context = with_hooks(router.lifespan_context, self.deployment.lifecycle)

    def mount(self, application: Starlette, other: ForeignApplication) -> None:
        mounted = other.application
        if other.kind is Kind.WSGI:
            from utilmeta.core.server.backends.starlette_mounts import asgi_of  # which needs a2wsgi

            mounted = asgi_of(mounted)
        application.mount(other.route.rstrip("/"), mounted)

    @classmethod
    def http_exceptions(cls) -> Mapping[type, Describe]:
        return starlette_responses.EXCEPTIONS

    @classmethod
    def responses(cls) -> Mapping[type, Convert]:
        return starlette_responses.RESPONSES

    @classmethod
    def get_debug(cls, application: Starlette) -> bool:
        return bool(getattr(application, "debug", False))

    def set_debug(self, application: Starlette, debug: bool) -> None:
        application.debug = debug

    @classmethod
    def has_middleware(cls, application: Starlette) -> bool:
        return bool(application.user_middleware)

    @classmethod
    def path_of(cls, native: Any) -> bytes | None:
        """Return the path of a Request, or of a scope, which plain ASGI middleware has; None for other protocols."""
        scope = getattr(native, "scope", native)
        return ASGIRequest(scope, unread).path_bytes() if scope["type"] == "http" else None

    @classmethod
    def run_requires(cls, *, asynchronous: bool) -> Sequence[str]:
        return ("uvicorn",)

    def run_options(self, application: Starlette) -> Mapping[str, Parameter]:
        return asgi.options()

    def run(self, application: Starlette, listener: Listener, options: Mapping[str, Any]) -> None:
        asgi.run(application, self.deployment, listener, options)


def record_bodies(application: Starlette, deployment: Deployment) -> None:
    """Record what middleware reads of bodies for the API, in an application with middleware (BACKEND-5b)."""
    native, takes, limit = application.build_middleware_stack, deployment.takes, deployment.max_body_size

    def build_middleware_stack() -> Any:
        stack = native()
        if not application.user_middleware:
            return stack

        async def recording(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http" and takes(ASGIRequest(scope, receive).path_bytes()):
                receive = scope[IN_SCOPE] = RecordedReceive(receive, limit)
            await stack(scope, receive, send)

        return recording

    application.build_middleware_stack = build_middleware_stack


def with_hooks(native: Any, lifecycle: Lifecycle) -> Any:
    """Return the application's own lifespan with the service's hooks inside it."""

    @asynccontextmanager
    async def lifespan(application: Any) -> AsyncIterator[Any]:
        async with native(application) as state:
            await lifecycle.begin()
            try:
                yield state
            finally:
                await lifecycle.end()

    return lifespan


ADAPTER = StarletteAdapter
