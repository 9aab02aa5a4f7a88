"""Tornado: an application of its own kind, run by its HTTP server on asyncio.

The API is the last rule of the application's router, so every native handler, whenever it was added, comes first. Its
handler takes the body as it arrives, because by itself Tornado reads and parses all of it before anybody is asked.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Iterable, Mapping
from inspect import Parameter
from typing import Any

from tornado import web
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.routing import AnyMatches, Rule

from utilmeta.core.request.request import Request, too_large
from utilmeta.core.server.backends.base import Adapter, AsyncHandle, Listener, parameters_of


class TornadoRequest(Request):
    """``native`` is Tornado's HTTPServerRequest, whose path is as it was sent."""

    __slots__ = ("endpoint", "native")

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.native: HTTPServerRequest = endpoint.request
        self.method = self.native.method or ""
        self.raw_path = self.native.path

    def query_bytes(self) -> bytes:
        return self.native.query.encode("latin-1")

    def header(self, name: str) -> str | None:
        values = self.native.headers.get_list(name)
        return ("; " if name == "cookie" else ",").join(values) if values else None

    def header_items(self) -> Iterable[tuple[str, str]]:
        for name in self.native.headers:
            yield name.lower(), self.header(name.lower()) or ""

    async def receive_body(self, limit: int) -> bytes:
        if self.endpoint.size > limit:
            raise too_large(limit)
        return b"".join(self.endpoint.chunks)


class EveryMethod:
    """Tornado asks whether it knows the method; which ones there are is the API's to say (ERROR-1b)."""

    def __contains__(self, method: object) -> bool:
        return True


@web.stream_request_body
class Endpoint(web.RequestHandler):
    """Hands each request to the API, and writes the reply without a word of its own."""

    SUPPORTED_METHODS = EveryMethod()  # type: ignore[assignment]

    def initialize(self, adapter: TornadoAdapter, handle: AsyncHandle) -> None:
        self.adapter = adapter
        self.handle = handle
        self.chunks: list[bytes] = []
        self.size = 0
        self.answered = False
        adapter.enter(self)

    def set_default_headers(self) -> None:
        self.clear_header("Content-Type")

    def compute_etag(self) -> None:
        return None

    def check_etag_header(self) -> bool:
        return False

    def prepare(self) -> Awaitable[None] | None:
        length = self.request.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > self.adapter.deployment.max_body_size:
            return self.answer()
        return None

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        if self.answered:
            return None
        self.size += len(chunk)
        if self.size > self.adapter.deployment.max_body_size:
            self.chunks.clear()
            return self.answer()
        self.chunks.append(chunk)
        return None

    async def answer(self) -> None:
        if self.answered:
            return
        self.answered = True
        lifecycle = self.adapter.deployment.lifecycle
        if not lifecycle.started:
            await lifecycle.astart()
        status, headers, body = await self.handle(TornadoRequest(self))
        self.set_status(status)
        for name, value in headers:
            self.add_header(name, value)
        self.finish(body)

    get = post = put = patch = delete = head = options = answer  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Any:
        if name == self.__dict__["request"].method.lower():
            return self.answer
        raise AttributeError(name)

    def on_finish(self) -> None:
        self.adapter.leave(self)

    def on_connection_close(self) -> None:
        self.adapter.leave(self)


class TornadoAdapter(Adapter):
    """``backend="tornado"``."""

    name = "tornado"
    asynchronous = True
    loop = True

    @classmethod
    def accepts(cls, application: Any) -> bool:
        return isinstance(application, web.Application)

    def build(self) -> web.Application:
        return web.Application()

    def install(self, application: web.Application, handle: AsyncHandle) -> None:
        self.flying: set[Endpoint] = set()
        self.landed = asyncio.Event()
        rule = Rule(AnyMatches(), Endpoint, {"adapter": self, "handle": handle})
        application.default_router.rules.append(application.default_router.process_rule(rule))

    def enter(self, endpoint: Endpoint) -> None:
        self.flying.add(endpoint)

    def leave(self, endpoint: Endpoint) -> None:
        self.flying.discard(endpoint)
        if not self.flying:
            self.landed.set()

    @classmethod
    def get_debug(cls, application: web.Application) -> bool:
        return bool(application.settings.get("debug"))

    def set_debug(self, application: web.Application, debug: bool) -> None:
        # The constructor would start a reloader; afterwards it is a setting that handlers look at, and no more.
        application.settings["debug"] = debug

    def run_options(self, application: web.Application) -> Mapping[str, Parameter]:
        return parameters_of(HTTPServer.initialize, "request_callback")

    def run(self, application: web.Application, listener: Listener, options: Mapping[str, Any]) -> None:
        asyncio.run(self.serve(application, listener, options))

    async def serve(self, application: web.Application, listener: Listener, options: Mapping[str, Any]) -> None:
        lifecycle, patience = self.deployment.lifecycle, self.deployment.graceful_timeout
        told = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, told.set)
        await lifecycle.astart()
        server = HTTPServer(application, **options)
        for sock in listener.sockets:
            sock.setblocking(False)
        server.add_sockets(listener.sockets)
        listener.ready()
        await told.wait()
        server.stop()
        await self.drain(patience)
        await server.close_all_connections()
        await lifecycle.astop()

    async def drain(self, patience: float) -> None:
        """Wait until no request is in flight, for ``patience`` seconds at the most."""
        self.landed.clear()
        if self.flying:
            try:
                await asyncio.wait_for(self.landed.wait(), patience)
            except asyncio.TimeoutError:
                return


ADAPTER = TornadoAdapter
