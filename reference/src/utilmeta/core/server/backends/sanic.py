"""Backend for Sanic: its own server, in one process or with workers.

The API is a route of its own that the router falls back to for every path it does not know (see ``sanic_routes``).
"""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import sys
from collections.abc import Mapping
from inspect import Parameter
from socket import socket
from typing import TYPE_CHECKING, Any

import sanic
from sanic.application.constants import Mode
from sanic.response import HTTPResponse

from utilmeta.core.errors.framework import Convert, Describe
from utilmeta.core.request.servers.sanic import SanicRequest
from utilmeta.core.server.backends import sanic_debug_pages, sanic_http, sanic_responses, sanic_stop
from utilmeta.core.server.backends.base import Adapter, AsyncHandle, Deployment, Listener, parameters_of
from utilmeta.core.server.backends.listening_socket import listening, log_others
from utilmeta.core.server.backends.sanic_routes import add_last

if TYPE_CHECKING:
    from utilmeta.core.server.inside.sanic import SanicExchange


class Complete(HTTPResponse):  # type: ignore[misc]
    """Response with exactly the reply's headers, in lower case as ASGI wants them; an empty Alt-Svc is left out."""

    __slots__ = ()

    @property
    def processed_headers(self) -> list[tuple[bytes, bytes]]:
        headers = []
        for name, value in self.headers.items():
            text = value if type(value) is str else str(value)
            if not text.isprintable():  # from native middleware: ours are checked
                text = self._sanitize_header_value(text)
            if text or name.lower() != "alt-svc":
                headers.append((name.lower().encode("ascii"), text.encode("latin-1" if latin1(text) else "utf-8")))
        return headers


def latin1(text: str) -> bool:
    """Return whether a text can be encoded as Latin-1."""
    return text.isascii() or max(text) <= "\xff"


class SanicAdapter(Adapter):
    """Adapter of ``backend="sanic"``."""

    name = "sanic"
    asynchronous = True
    loop = True
    gives_up = True
    loggers = ("sanic.root", "sanic.error", "sanic.access", "sanic.server")

    def __init__(self, deployment: Deployment) -> None:
        super().__init__(deployment)
        self.gate = sanic_stop.Gate()
        self.listener: Listener | None = None

    @classmethod
    def accepts(cls, application: Any) -> bool:
        return isinstance(application, sanic.Sanic)

    def build(self) -> sanic.Sanic:
        application = sanic.Sanic(self.deployment.name, configure_logging=False)
        # Off by default in debug mode, in which Sanic then sends an empty Alt-Svc header (BACKEND-7).
        application.config.TOUCHUP = True
        return application

    def install(self, application: sanic.Sanic, handle: AsyncHandle) -> None:
        gate, injected = self.gate, self.deployment.injected

        async def serve(native: sanic.Request) -> HTTPResponse:
            reply = await handle(vars(native.ctx).pop("utilmeta") if injected else SanicRequest(native))
            if gate.closed:
                await gate.wait(application)
            status, headers, body = reply
            return Complete(body, status, headers)

        serve.is_stream = True  # type: ignore[attr-defined]  # the body is left to us to read, or not
        add_last(application, serve, self.deployment)
        sanic_debug_pages.withhold(application)
        if injected:
            receive_first(application, serve, self.deployment.max_body_size)
        if self.deployment.hooks:
            sanic_http.configure(application.config, self.deployment)
            self.register(application)

    def register(self, application: sanic.Sanic) -> None:
        """Register the hooks for every process that serves, and a graceful stop for those that ``run()`` started."""
        lifecycle = self.deployment.lifecycle

        def ours() -> bool:
            return self.listener is not None or hasattr(application, "multiplexer")

        async def before_start(*_: Any) -> None:
            await lifecycle.begin()
            self.gate.closed = ours()

        async def after_start(*_: Any) -> None:
            if self.listener is not None:
                log_others()
                for sock in self.listener.sockets[1:]:
                    await serve_beside(application, sock)
                self.listener.ready()

        async def before_stop(*_: Any) -> None:
            lifecycle.in_flight.stop_within(application.config.GRACEFUL_SHUTDOWN_TIMEOUT)
            if ours():
                sanic_stop.ignore()

        async def after_stop(*_: Any) -> None:
            await lifecycle.end()

        def main_ready(*_: Any) -> None:
            if self.listener is not None:
                self.listener.ready()
                sanic_stop.take_over(application.manager)

        application.register_listener(before_start, "before_server_start")
        application.register_listener(after_start, "after_server_start")
        application.register_listener(before_stop, "before_server_stop")
        application.register_listener(after_stop, "after_server_stop")
        application.register_listener(main_ready, "main_process_ready")

    @classmethod
    def http_exceptions(cls) -> Mapping[type, Describe]:
        return sanic_responses.EXCEPTIONS

    @classmethod
    def responses(cls) -> Mapping[type, Convert]:
        return sanic_responses.RESPONSES

    @classmethod
    def get_debug(cls, application: sanic.Sanic) -> bool:
        return bool(getattr(application, "debug", False))

    def set_debug(self, application: sanic.Sanic, debug: bool) -> None:
        application.state.mode = Mode.DEBUG if debug else Mode.PRODUCTION

    @classmethod
    def has_middleware(cls, application: sanic.Sanic) -> bool:
        return any(not hasattr(each.func, "utilmeta") for each in application.request_middleware)

    @classmethod
    def path_of(cls, native: sanic.Request) -> bytes:
        return SanicRequest(native).path_bytes()

    def run_options(self, application: sanic.Sanic) -> Mapping[str, Parameter]:
        return parameters_of(sanic.Sanic.run, "host", "port", "sock", "unix", "loop")

    def exchange(self, application: sanic.Sanic) -> SanicExchange:
        from utilmeta.core.server.inside.sanic import SanicExchange

        return SanicExchange(application, self.deployment.lifecycle, self.deployment.graceful_timeout)

    def run(self, application: sanic.Sanic, listener: Listener, options: Mapping[str, Any]) -> None:
        single = options.get("workers", 1) == 1 and not any(
            options.get(option) for option in ("fast", "auto_reload", "dev")
        )
        strict = sanic_http.StrictWebSocketProtocol if application.websocket_enabled else sanic_http.StrictHttpProtocol
        settings = {"motd": False, "single_process": single, "protocol": strict, **options}
        if single:  # no other process gets its sockets
            listener = dataclasses.replace(listener, sockets=tuple(listening(listener.sockets)))
        self.listener = listener
        try:
            application.run(sock=listener.sockets[0], **settings)
        except Exception:
            if self.deployment.lifecycle.failed is not None:
                raise self.deployment.lifecycle.failed from self.deployment.lifecycle.failed.__cause__
            raise
        finally:
            sanic_stop.restore()


def receive_first(application: sanic.Sanic, handler: Any, limit: int) -> None:
    """Register middleware that receives the body of an API request before native middleware runs (BACKEND-5b)."""

    async def receive(native: sanic.Request) -> None:
        if native.route is not None and native.route.handler is handler:
            native.ctx.utilmeta = request = SanicRequest(native)
            if native.stream.request_body:
                await request.receive_ahead(limit)

    receive.utilmeta = True  # type: ignore[attr-defined] # it is not the application's own (SECURITY-11b)
    application.register_middleware(receive, "request", priority=sys.maxsize)


async def serve_beside(application: sanic.Sanic, sock: socket) -> None:
    """Serve one more address of a name that resolves to several, in this process."""
    settings = application.state.server_info[0].settings
    loop = asyncio.get_running_loop()
    make = functools.partial(
        settings["protocol"], loop=loop, app=application, signal=settings["signal"], connections=set()
    )
    await loop.create_server(make, sock=sock)


ADAPTER = SanicAdapter
