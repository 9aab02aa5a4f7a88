"""Django's runserver as the server of ``run()``, made to serve on our sockets and to stop gracefully.

By itself it binds its own socket, and SIGTERM ends it at once, with requests in flight.
"""

from __future__ import annotations

import io
import os
import signal
import socket
import threading
from collections.abc import Mapping
from inspect import Parameter
from typing import Any

from django.core.management import call_command
from django.core.management.commands.runserver import Command
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from utilmeta.core.server.backends.base import Deployment, Listener
from utilmeta.core.server.backends.graceful_stop import Stop
from utilmeta.core.server.backends.http_handler import StrictHandler, back_off

# The command's options about serving; the others are about its output and its checks.
OPTIONS = {"use_reloader": False, "use_threading": True, "skip_checks": True}


def options() -> Mapping[str, Parameter]:
    """Return the options of the runserver command that ``run()`` takes: all but the address, which is the service's."""
    return {name: Parameter(name, Parameter.KEYWORD_ONLY, default=default) for name, default in OPTIONS.items()}


class Quiet(StrictHandler, WSGIRequestHandler):  # type: ignore[misc]
    """Request handler that writes no line for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        return None


def run(application: Any, deployment: Deployment, listener: Listener, options: Mapping[str, Any]) -> None:
    """Serve on the listener's sockets until SIGTERM or SIGINT, then let requests in flight finish."""
    arguments = {**OPTIONS, **options}
    if arguments["use_reloader"] and os.environ.get(DJANGO_AUTORELOAD_ENV) != "true":
        # The reloader's main process serves nothing: its child listens, where our sockets would be in the way.
        for sock in listener.sockets:
            sock.close()
        call_command(Command(stdout=io.StringIO()), **arguments)
        return
    stop = Stop(len(listener.sockets))
    sockets = iter(listener.sockets)

    strict = type("Handler", (Quiet,), {"deployment": deployment, "stop": stop})

    class Server(WSGIServer):  # type: ignore[misc]
        socket: socket.socket

        def __init__(self, address: Any, _: Any, **settings: Any) -> None:
            super().__init__(address, strict, **settings)
            back_off(self)

        def server_bind(self) -> None:
            self.socket.close()
            self.socket = next(sockets)
            self.server_address = self.socket.getsockname()
            self.server_name, self.server_port = self.server_address[:2]
            self.setup_environ()
            stop.servers.add(self)

        def server_activate(self) -> None:
            if len(stop.servers) == stop.count:
                listener.ready()

    class Serving(Command):  # type: ignore[misc]
        server_cls = Server

        def get_handler(self, *args: Any, **options: Any) -> Any:
            return application

        def check_migrations(self) -> None:
            return None

        def on_bind(self, server_port: int) -> None:
            return None

    def serve() -> None:
        call_command(Serving(stdout=io.StringIO()), **arguments)

    previous = {number: signal.signal(number, stop.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        deployment.lifecycle.start()
        for _ in listener.sockets[1:]:  # the other addresses of a name that resolves to several
            threading.Thread(target=serve, daemon=True).start()
        serve()
        stop.wait(deployment.graceful_timeout)
    finally:
        deployment.lifecycle.stop()
        for number, handler in previous.items():
            signal.signal(number, handler)
