"""Runs a service on its framework's own server until a signal stops it: ``service.run()``."""

from __future__ import annotations

import logging
import sys
from functools import partial
from typing import Any, NoReturn

from utilmeta.core.errors.exception_log import log_raised
from utilmeta.core.errors.log_line import escape_arguments
from utilmeta.core.errors.notify import tell
from utilmeta.core.request.origin import local_url
from utilmeta.core.server import validate_arguments
from utilmeta.core.server.backends.base import Adapter, Listener
from utilmeta.core.server.dependency import require
from utilmeta.core.server.state import ServiceState
from utilmeta.utils.exceptions import AddressUnavailable, DependencyMissing, HookFailed

log = logging.getLogger("utilmeta")


def run(state: ServiceState, adapter: Adapter, application: Any, options: dict[str, Any]) -> None:
    """Serve ``application``, which ``adapter`` carries; ``options`` and errors are those of ``UtilMeta.run``."""
    service = state.service
    try:
        for module in adapter.run_requires(asynchronous=service.asynchronous):
            require(module, state)
    except DependencyMissing as error:
        end(error)
    given_host, given_port = options.pop("host", None), validate_arguments.port(options.pop("port", None))
    host = service.host if given_host is None else validate_arguments.host(given_host)
    port = service.port if given_port is None else given_port
    known = adapter.run_options(application)
    for option in options:
        if option not in known:
            takes = ", ".join(sorted({"host", "port", *known}))
            raise TypeError(f"run() on {service.backend} takes no parameter {option!r}; it takes {takes}")
    if service.production and adapter.is_for_development(asynchronous=service.asynchronous):
        tell(
            logging.WARNING,
            f"run() on {service.backend} is a development server; in production serve the application with a WSGI "
            "server, such as: gunicorn module:app",
        )
    escape_arguments(*adapter.loggers)
    try:
        sockets = adapter.listen(host, port)
    except AddressUnavailable as error:
        end(error)
    line = f"{service.name} ({service.backend}) answers at {local_url(host, port, '/' + adapter.deployment.route)}"
    ready = partial(print, line, flush=True)
    try:
        adapter.run(application, Listener(host, port, tuple(sockets), ready), options)
    except HookFailed as error:
        log_raised(log, "%s", error, error=error.__cause__ or error)
        end(error)
    finally:
        for sock in sockets:
            sock.close()


def end(error: Exception) -> NoReturn:
    """End the process with status 1 and one paragraph on stderr."""
    sys.stderr.write(f"error: {error}\n")
    sys.exit(1)
