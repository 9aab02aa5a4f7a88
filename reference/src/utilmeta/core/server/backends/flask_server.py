"""Werkzeug's development server, which Flask's ``run`` starts, made to serve on our sockets and to stop gracefully.

By itself it takes no socket but its reloader's, ends at SIGTERM at once, and leaves requests in flight. So the
listener's socket is handed over as the reloader does it, in the environment; signals shut the server down; and a
request handler counts what is in flight (see ``http_handler``).
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from inspect import Parameter
from types import SimpleNamespace
from typing import Any

from werkzeug import serving

from utilmeta.core.server import address
from utilmeta.core.server.backends.base import Deployment, Listener, parameters_of
from utilmeta.core.server.backends.graceful_stop import Stop
from utilmeta.core.server.backends.http_handler import Chunks, StrictHandler, back_off

RELOADED = "WERKZEUG_RUN_MAIN"
DESCRIPTOR = "WERKZEUG_SERVER_FD"

# Selector for the rest of a request; Werkzeug's own choice would take a file descriptor (SECURITY-6b).
WAITING = SimpleNamespace(
    DefaultSelector=getattr(selectors, "PollSelector", selectors.SelectSelector), EVENT_READ=selectors.EVENT_READ
)


def listen(host: str, port: int) -> list[socket.socket]:
    """Return the sockets to serve on; in a process that the reloader started, the socket that it passed on."""
    if serving.is_running_from_reloader():
        return [socket.socket(fileno=os.dup(int(os.environ[DESCRIPTOR])))]
    return address.listen(host, port)


def options() -> Mapping[str, Parameter]:
    """Return the options of the server that ``run()`` takes: all but the address, which is the service's."""
    return parameters_of(serving.run_simple, "hostname", "port", "application")


def strict(base: type[Any], deployment: Deployment, stop: Stop, *, quiet: bool) -> type[Any]:
    """Return a subclass of the request handler ``base`` with strict heads, which adds its server to ``stop``."""

    class Handler(StrictHandler, base):  # type: ignore[misc]
        def setup(self) -> None:
            os.environ.pop(RELOADED, None)
            if self.server not in stop.servers:
                back_off(self.server)
                stop.servers.add(self.server)
            super().setup()

        def make_environ(self) -> dict[str, Any]:
            environ: dict[str, Any] = super().make_environ()
            if environ.get("wsgi.input_terminated"):
                environ["wsgi.input"] = Chunks(self.rfile)
            return environ

        def log_request(self, code: Any = "-", size: Any = "-") -> None:
            if not quiet:
                super().log_request(code, size)

        def log_error(self, *args: Any) -> None:
            if not quiet:
                super().log_error(*args)

    Handler.deployment, Handler.stop = deployment, stop
    return Handler


def run(
    application: Any,
    native_run: Callable[..., None],
    deployment: Deployment,
    listener: Listener,
    options: Mapping[str, Any],
) -> None:
    """Call ``native_run(host, port, **options)``, which ends in ``run_simple``, on the listener's sockets."""
    serving.selectors = WAITING
    stop = Stop(len(listener.sockets))
    base = options.get("request_handler") or serving.WSGIRequestHandler
    settings = {
        "use_reloader": False,
        "use_debugger": False,
        "threaded": options.get("processes", 1) == 1,
        **options,
        "request_handler": strict(base, deployment, stop, quiet="request_handler" not in options),
    }
    if settings["use_reloader"] and not serving.is_running_from_reloader():
        # The reloader's main process serves nothing: it makes a socket for its child, where ours would be in the way.
        for sock in listener.sockets:
            sock.close()
        native_run(listener.host, listener.port, **{**options, "use_debugger": settings["use_debugger"]})
        return
    previous = {number: signal.signal(number, stop.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        deployment.lifecycle.start()
        listener.ready()
        first, *others = listener.sockets
        for sock in others:
            serve_beside(application, sock, stop, settings["request_handler"])
        hand_over(first)
        native_run(first.getsockname()[0], listener.port, **settings)
        stop.wait(deployment.graceful_timeout)
    finally:
        deployment.lifecycle.stop()
        for number, handler in previous.items():
            signal.signal(number, handler)


def serve_beside(application: Any, sock: socket.socket, stop: Stop, handler: type[Any]) -> None:
    """Serve one more address of a name that resolves to several, in a thread."""
    host, port = sock.getsockname()[:2]
    server = serving.make_server(host, port, application, threaded=True, request_handler=handler, fd=sock.fileno())
    stop.servers.add(server)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def hand_over(sock: socket.socket) -> None:
    """Make the next server of this process serve on ``sock``, and print nothing, as one that was reloaded does."""
    os.environ[RELOADED] = "true"
    os.environ[DESCRIPTOR] = str(sock.fileno())
