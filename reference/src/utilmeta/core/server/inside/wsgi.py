"""Requests to a WSGI application (PEP 3333), each in a thread of its own, as a server with threads has it."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from utilmeta.core.cli.transport.message import Answer, Outgoing
from utilmeta.core.errors.exception_log import log_raised
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.server.inside.head import ADDRESS, body_of, content, fields, path

log = logging.getLogger("utilmeta")

SERVER_ERROR = b"Internal Server Error"


class WSGIExchange:
    """Answers requests by a WSGI application, in the thread that calls."""

    def __init__(self, application: Any, lifecycle: Lifecycle) -> None:
        self.application = application
        self.lifecycle = lifecycle

    def answer(self, outgoing: Outgoing) -> Answer:
        """Answer a request. An exception that the application lets out is logged, and a 500, as a server does it."""
        begun: list[tuple[int, list[tuple[str, str]]]] = []
        parts: list[bytes] = []

        def start_response(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            begun[:] = [(int(status.split(" ", 1)[0]), list(headers))]
            return parts.append

        try:
            given: Iterable[bytes] = self.application(environ_of(outgoing), start_response)
            try:
                parts.extend(given)
            finally:
                getattr(given, "close", lambda: None)()
            [(status, headers)] = begun
        except Exception as error:  # noqa: BLE001 - any of a framework
            log_raised(log, "the application has raised an exception", error=error)
            status, headers, parts = 500, [("Content-Type", "text/plain; charset=utf-8")], [SERVER_ERROR]
        return Answer(status, headers, content(outgoing, status, b"".join(parts)))

    def begin(self) -> None:
        """Run the startup hooks, again where they were stopped. Raises HookFailed."""
        lifecycle = self.lifecycle
        if lifecycle.stopped or lifecycle.failed is not None:
            lifecycle.reset()
        lifecycle.start()

    def end(self) -> None:
        """Run the shutdown hooks."""
        self.lifecycle.stop()


def environ_of(outgoing: Outgoing) -> dict[str, Any]:
    """Return a request as the environ of a server with threads."""
    origin, target = outgoing.place.origin, outgoing.place.query
    whole = path(outgoing)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": outgoing.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(whole).decode("latin-1"),
        "QUERY_STRING": target,
        "REQUEST_URI": f"{whole}?{target}" if target else whole,
        "RAW_URI": f"{whole}?{target}" if target else whole,
        "SERVER_NAME": origin.host,
        "SERVER_PORT": str(origin.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "utilmeta",
        "REMOTE_ADDR": ADDRESS[0],
        "REMOTE_PORT": str(ADDRESS[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": origin.scheme,
        "wsgi.input": io.BytesIO(body_of(outgoing)),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in fields(outgoing):
        key = name.upper().replace("-", "_")
        if key in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            environ[key] = value
        elif "_" not in name:  # an environ could not tell it from "-"
            key = f"HTTP_{key}"
            separator = "; " if key == "HTTP_COOKIE" else ","
            environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    return environ
