"""Backend for Tornado: an application of its own kind, run by its HTTP server on asyncio.

The API is the last rule of the application's router, so every native handler, whenever it was added, comes first; a
catch-all among them matches only what the API does not claim. Or it is a rule of the user's list. The API's handler
takes the body as it arrives, because by itself Tornado reads and parses all of it before a handler is called.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from inspect import Parameter
from typing import TYPE_CHECKING, Any

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.iostream import StreamClosedError
from tornado.routing import Rule
from tornado.web import Application, ErrorHandler, Finish, HTTPError, RequestHandler, stream_request_body

from utilmeta.core.errors.framework import Describe, ErrorAnswer, plain_detail
from utilmeta.core.request.request import LONGEST
from utilmeta.core.request.servers.tornado import TornadoRequest
from utilmeta.core.response.problem import CONTENT_TYPE, encode, members
from utilmeta.core.server.backends.base import Adapter, AsyncHandle, Deployment, Listener, parameters_of
from utilmeta.core.server.backends.listening_socket import listening
from utilmeta.core.server.backends.tornado_routes import Taken, add_last, path_of
from utilmeta.core.server.backends.tornado_server import LimitedServer, pause

if TYPE_CHECKING:
    from utilmeta.core.server.inside.tornado import TornadoExchange

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

# Seconds that connections have to close at a stop.
CLOSING = 1


class EveryMethod:
    """Set of all methods, for Tornado's check: the API decides which methods there are (ERROR-1b)."""

    def __contains__(self, method: object) -> bool:
        return True


@stream_request_body
class Endpoint(RequestHandler):  # type: ignore[misc]
    """Tornado handler that passes each request to the API, and writes the reply with nothing of its own."""

    SUPPORTED_METHODS = EveryMethod()

    def initialize(self, adapter: TornadoAdapter, handle: AsyncHandle) -> None:
        self.adapter = adapter
        self.handle = handle
        self.chunks: list[bytes] = []
        self.size = 0
        self.task: asyncio.Task[Any] | None = None
        adapter.enter(self)

    def set_default_headers(self) -> None:
        self.clear_header("Content-Type")

    def compute_etag(self) -> None:
        return None

    def check_etag_header(self) -> bool:
        return False

    def prepare(self) -> Awaitable[None] | None:
        """Answer before the body arrives if it would not be read."""
        native: Any = self.request
        native.connection.set_max_body_size(sys.maxsize)  # past its own limit Tornado would answer a bare 400
        length = native.headers.get("Content-Length", "")
        limit = self.adapter.deployment.max_body_size
        if native.method not in METHODS or (length.isascii() and length.isdigit() and int(length[:LONGEST]) > limit):
            return self.answer()
        return None

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Keep a piece of the body; answer at once when it is larger than the limit."""
        if self.task is not None:
            return None
        self.size += len(chunk)
        if self.size > self.adapter.deployment.max_body_size:
            self.chunks.clear()
            return self.answer()
        self.chunks.append(chunk)
        return None

    async def answer(self) -> None:
        """Answer the request by the API, once."""
        if self.task is not None:
            return
        self.task = asyncio.current_task()
        try:
            status, headers, body = await self.handle(TornadoRequest(self.request, self))
            self.set_status(status)
            for name, value in headers:
                self.add_header(name, value)
            with suppress(StreamClosedError):
                await self.finish(body or None)  # returns when all of it has been sent
        finally:
            self.adapter.leave(self)

    get = post = put = patch = delete = head = options = answer

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer what Tornado refuses by itself, as its XSRF check does, without a debug page (SECURITY-1a)."""
        self.set_header("Content-Type", CONTENT_TYPE)
        self.finish(encode(members(status_code, "")))

    def on_connection_close(self) -> None:
        """Forget a request whose client left before its body was complete."""
        if self.task is None:  # its body is incomplete; a complete one is answered anyway (ASYNC-9)
            self.adapter.leave(self)


class Missing(ErrorHandler):  # type: ignore[misc]
    """Tornado handler for paths that no rule takes, without a debug page (SECURITY-1a)."""

    def write_error(self, status_code: int, **_: Any) -> None:
        super().write_error(status_code)


def describe(error: HTTPError) -> ErrorAnswer:
    """Return the answer to a Tornado HTTPError: its reason, but not its log message."""
    return ErrorAnswer(
        error.status_code, plain_detail(error.reason, error.status_code), private=bool(error.get_message())
    )


def finish(error: Finish) -> ErrorAnswer:
    """Return the answer to a Finish, the same as ``RequestHandler.finish`` with its argument."""
    return ErrorAnswer(200, result=error.args[0] if error.args else "")


class TornadoAdapter(Adapter):
    """Adapter of ``backend="tornado"``."""

    name = "tornado"
    asynchronous = True
    loop = True
    loggers = ("tornado.access", "tornado.application", "tornado.general")

    def __init__(self, deployment: Deployment) -> None:
        super().__init__(deployment)
        self.flying: set[Endpoint] = set()
        self.landed = asyncio.Event()

    @classmethod
    def accepts(cls, application: Any) -> bool:
        return isinstance(application, Application)

    def build(self) -> Application:
        return Application()

    def install(self, application: Application, handle: AsyncHandle) -> None:
        add_last(application, self.rule(self.deployment.takes, handle), self.deployment.claims)
        if not application.settings.get("default_handler_class"):
            application.settings.update(default_handler_class=Missing, default_handler_args={"status_code": 404})

    def route(self, handle: AsyncHandle) -> Rule:
        """Return a Tornado rule for the API, for the list of rules that an application is made with."""
        return self.rule(self.deployment.claims, handle)

    def rule(self, takes: Callable[[bytes], bool], handle: AsyncHandle) -> Rule:
        """Return a Tornado rule that passes requests for paths that the API ``takes`` to ``handle``."""
        return Rule(Taken(takes), Endpoint, {"adapter": self, "handle": handle})

    def enter(self, endpoint: Endpoint) -> None:
        self.flying.add(endpoint)

    def leave(self, endpoint: Endpoint) -> None:
        self.flying.discard(endpoint)
        if not self.flying:
            self.landed.set()

    @classmethod
    def http_exceptions(cls) -> Mapping[type, Describe]:
        return {HTTPError: describe, Finish: finish}

    @classmethod
    def get_debug(cls, application: Application) -> bool:
        return application is not None and bool(application.settings.get("debug"))

    def set_debug(self, application: Application, debug: bool) -> None:
        # The constructor would start a reloader; set afterwards, only handlers read it.
        application.settings["debug"] = debug

    @classmethod
    def path_of(cls, native: HTTPServerRequest) -> bytes:
        return path_of(native)

    def run_options(self, application: Application) -> Mapping[str, Parameter]:
        return parameters_of(HTTPServer.initialize, "request_callback", "max_body_size")

    def exchange(self, application: Application) -> TornadoExchange:
        from utilmeta.core.server.inside.tornado import TornadoExchange

        return TornadoExchange(application, self.deployment.lifecycle, self.deployment.graceful_timeout)

    def run(self, application: Application, listener: Listener, options: Mapping[str, Any]) -> None:
        asyncio.run(self.serve(application, listener, options))

    async def serve(self, application: Application, listener: Listener, options: Mapping[str, Any]) -> None:
        """Serve until SIGTERM or SIGINT, then stop gracefully."""
        lifecycle, patience = self.deployment.lifecycle, self.deployment.graceful_timeout
        told = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, told.set)
        await lifecycle.begin()
        server = LimitedServer(application, self.deployment, options)
        server.add_sockets(listening(listener.sockets, pause))
        listener.ready()
        await told.wait()
        server.stop()
        await self.drain(patience)
        await asyncio.wait([asyncio.ensure_future(server.close_all_connections())], timeout=CLOSING)
        await lifecycle.end()

    async def drain(self, patience: float) -> None:
        """Wait until no request is in flight, for at most ``patience`` seconds; then cancel the rest."""
        self.landed.clear()
        if self.flying:
            try:
                await asyncio.wait_for(self.landed.wait(), patience)
            except asyncio.TimeoutError:
                for endpoint in self.flying:
                    if endpoint.task is not None:
                        endpoint.task.cancel()


ADAPTER = TornadoAdapter
