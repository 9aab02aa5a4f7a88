"""Django's runserver, the development server of its ``run()``, made to serve on our sockets and to stop as a service must.

By itself it binds its own socket, and SIGTERM ends it without a word, requests in flight and all.
"""

from __future__ import annotations

import io
import signal
from collections.abc import Iterable, Mapping
from inspect import Parameter
from typing import Any

from django.core.management import call_command
from django.core.management.commands.runserver import Command
from django.core.servers.basehttp import WSGIServer

from utilmeta.core.server.backends.base import Deployment, Listener
from utilmeta.core.server.backends.stop import Stop

# Of the command's options those that are about serving; the others are about its output and its checks.
OPTIONS = {"use_reloader": False, "use_threading": True, "skip_checks": True}


def options() -> Mapping[str, Parameter]:
    """What the command takes, but for the address, which is the service's."""
    return {name: Parameter(name, Parameter.KEYWORD_ONLY, default=default) for name, default in OPTIONS.items()}


class Counted:
    """A response that tells ``stop`` when it has been written."""

    def __init__(self, response: Any, stop: Stop) -> None:
        self.response = response
        self.stop = stop

    def __iter__(self) -> Iterable[bytes]:  # type: ignore[override]
        return iter(self.response)

    def close(self) -> None:
        try:
            self.response.close()
        finally:
            self.stop.leave()


def run(application: Any, deployment: Deployment, listener: Listener, options: Mapping[str, Any]) -> None:
    """Serve on the listener's sockets until SIGTERM or SIGINT, then let requests in flight finish."""
    stop = Stop()

    def counting(environ: Any, start_response: Any) -> Any:
        stop.enter()
        try:
            return Counted(application(environ, start_response), stop)
        except BaseException:
            stop.leave()
            raise

    class Server(WSGIServer):  # type: ignore[misc]
        def server_bind(self) -> None:
            self.socket.close()
            self.socket = listener.sockets[0]
            self.server_address = self.socket.getsockname()
            self.server_name, self.server_port = self.server_address[:2]
            self.setup_environ()
            stop.servers.add(self)

        def server_activate(self) -> None:
            listener.ready()

    class Serving(Command):  # type: ignore[misc]
        server_cls = Server

        def get_handler(self, *args: Any, **options: Any) -> Any:
            return counting

        def check_migrations(self) -> None:
            return None

        def on_bind(self, server_port: int) -> None:
            return None

    host = f"[{listener.host}]" if ":" in listener.host else listener.host
    previous = {number: signal.signal(number, stop.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        deployment.lifecycle.start()
        arguments = {**OPTIONS, **options}
        call_command(Serving(stdout=io.StringIO()), f"{host}:{listener.port}", use_ipv6=":" in host, **arguments)
        stop.wait(deployment.graceful_timeout)
    finally:
        deployment.lifecycle.stop()
        for number, handler in previous.items():
            signal.signal(number, handler)
