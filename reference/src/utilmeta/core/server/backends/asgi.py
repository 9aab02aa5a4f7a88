"""What the ASGI backends share: writing a reply, the lifespan protocol, and uvicorn as the server of ``run()``."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from inspect import Parameter
from types import FrameType
from typing import Any

from utilmeta.core.server.backends.base import Deployment, Lifecycle, Listener, parameters_of
from utilmeta.core.server.backends.head_limits import HeadLimits
from utilmeta.core.server.backends.listening_socket import listening, log_others
from utilmeta.core.server.backends.read_timeout import Patience, watch
from utilmeta.utils.exceptions import HookFailed

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

# Header names as ASGI wants them: lower case, bytes. The few that repeat are encoded once.
NAMES: dict[str, bytes] = {
    name: name.lower().encode() for name in ("Content-Type", "Content-Length", "X-Request-ID", "Allow")
}


async def send_reply(send: Send, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
    """Send a Reply as the two messages of an ASGI response."""
    raw = [(NAMES.get(name) or name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


async def lifespan(lifecycle: Lifecycle, receive: Receive, send: Send) -> None:
    """Run the service's hooks by the lifespan protocol, for an application that has no lifespan of its own."""
    await receive()
    try:
        await lifecycle.begin()
    except HookFailed as error:
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        return
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await lifecycle.end()
    await send({"type": "lifespan.shutdown.complete"})


def options() -> Mapping[str, Parameter]:
    """Return the options of uvicorn that ``run()`` takes: all but the address and those that need several processes."""
    from uvicorn import Config

    parameters = parameters_of(Config.__init__, "app", "host", "port", "fd", "uds", "workers", "factory")
    return {name: parameter for name, parameter in parameters.items() if not name.startswith("reload")}


def limited(http: Any, deployment: Deployment, patience: Patience) -> Any:
    """Return uvicorn's option ``http`` with the service's limits in its own protocols; any other protocol as it is."""
    if http == "auto":
        from uvicorn.protocols.http.auto import AutoHTTPProtocol

        http = {"HttpToolsProtocol": "httptools", "H11Protocol": "h11"}.get(AutoHTTPProtocol.__name__, http)
    protocol: type
    if http == "httptools":
        from utilmeta.core.server.backends.uvicorn_httptools import LimitedHttpTools as protocol
    elif http == "h11":
        from utilmeta.core.server.backends.uvicorn_h11 import LimitedH11 as protocol
    else:
        return http
    limits = HeadLimits(deployment.max_header_fields, deployment.max_header_size)
    return type(protocol.__name__, (protocol,), {"limits": limits, "patience": patience})


def run(application: Any, deployment: Deployment, listener: Listener, options: Mapping[str, Any]) -> None:
    """Serve by uvicorn until SIGTERM or SIGINT, then return; uvicorn alone would end the process by the signal."""
    import uvicorn

    settings = {
        "log_level": "warning",
        "access_log": False,
        "timeout_graceful_shutdown": deployment.graceful_timeout,
        "lifespan": "on",
        "proxy_headers": False,
        "timeout_keep_alive": deployment.keep_alive_timeout,
        **options,
    }
    patience = Patience(deployment.header_timeout, deployment.body_timeout)
    settings["http"] = limited(settings.get("http", "auto"), deployment, patience)
    config = uvicorn.Config(application, host=listener.host, port=listener.port, **settings)

    class Server(uvicorn.Server):  # type: ignore[misc]
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            if self.started:
                log_others()
                watch(lambda: self.server_state.connections, patience)
                listener.ready()

        async def shutdown(self, sockets: Any = None) -> None:
            seconds = config.timeout_graceful_shutdown
            if seconds is not None:
                deployment.lifecycle.in_flight.stop_within(seconds)
                # A moment before uvicorn cancels the requests, which it would answer with its own 500.
                asyncio.get_running_loop().call_later(seconds, self.cut)
            await super().shutdown(sockets)

        def cut(self) -> None:
            for connection in list(self.server_state.connections):
                connection.transport.abort()

    server = Server(config)
    sockets = listening(listener.sockets)

    def stop(number: int, frame: FrameType | None) -> None:
        server.should_exit = True

    # Uvicorn replaces these handlers while it serves, and raises the signals again for them when it is done.
    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        server.run(sockets=sockets)
    except SystemExit:
        # Uvicorn exits so if the lifespan did not start.
        if deployment.lifecycle.failed is not None:
            raise deployment.lifecycle.failed from deployment.lifecycle.failed.__cause__
        raise
    finally:
        for sock in sockets:
            sock.close()
        for number, handler in previous.items():
            signal.signal(number, handler)
