"""Starlette: an ASGI application, run by uvicorn.

The API is the router's default, so every native route, whenever it was added, comes first.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from inspect import Parameter
from typing import Any

from starlette.applications import Starlette

from utilmeta.core.request.asgi import ASGIRequest
from utilmeta.core.server.backends import asgi
from utilmeta.core.server.backends.base import Adapter, AsyncHandle, Lifecycle, Listener


class StarletteAdapter(Adapter):
    """``backend="starlette"``."""

    name = "starlette"
    asynchronous = True
    loop = True

    @classmethod
    def accepts(cls, application: Any) -> bool:
        return isinstance(application, Starlette)

    def build(self) -> Starlette:
        return Starlette()

    def install(self, application: Starlette, handle: AsyncHandle) -> None:
        router = application.router
        native = router.default

        async def serve(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                await asgi.send_reply(send, *await handle(ASGIRequest(scope, receive)))
            else:
                await native(scope, receive, send)

        router.default = serve
        router.lifespan_context = with_hooks(router.lifespan_context, self.deployment.lifecycle)

    @classmethod
    def get_debug(cls, application: Starlette) -> bool:
        return bool(application.debug)

    def set_debug(self, application: Starlette, debug: bool) -> None:
        application.debug = debug

    def run_options(self, application: Starlette) -> Mapping[str, Parameter]:
        return asgi.options()

    def run(self, application: Starlette, listener: Listener, options: Mapping[str, Any]) -> None:
        asgi.run(application, self.deployment, listener, options)


def with_hooks(native: Any, lifecycle: Lifecycle) -> Any:
    """The application's own lifespan, with the service's hooks inside it."""

    @asynccontextmanager
    async def lifespan(application: Any) -> AsyncIterator[Any]:
        async with native(application) as state:
            await lifecycle.astart()
            try:
                yield state
            finally:
                await lifecycle.astop()

    return lifespan


ADAPTER = StarletteAdapter
