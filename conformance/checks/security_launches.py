"""Services of security_service.py under `run()` and under an external server, started once for all SECURITY checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.foundation import loopback
from conformance.foundation.exceptions import ImplementationFault
from conformance.target.deployment import RUN, SERVERS, Deployment
from conformance.target.service import Script
from conformance.target.target import Target

# Seconds of each time-out of a connection under `run()`, so that no check waits long for one.
PATIENCE = 1.0
TIMEOUTS = {name: str(PATIENCE) for name in ("header_timeout", "body_timeout", "keep_alive_timeout")}

# The external server of a variant, where that is not the first of its kind (gunicorn, uvicorn with h11): one launch
# each, and every server on one of them. Where the application is threaded it is gunicorn, for SECURITY-8d.
# `python -m conformance attacks` has them all.
EXTERNAL = {
    "django-async": "uvicorn httptools",
    "starlette-sync": "granian",
    "starlette-async": "hypercorn",
    "fastapi-sync": "uvicorn httptools",
}


Key = tuple[str, tuple[tuple[str, Any], ...]]


class Exposed:
    """Services of one target, each started when a check first asks for it, and again if an attack has ended it.

    A service that could not be started raises the same fault for every check that asks for it.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self._launches: dict[Key, Script] = {}
        self._failed: dict[Key, ImplementationFault] = {}

    def under(self, server: str = RUN, **settings: Any) -> Script:
        """Return the running scenario in production, under `run()` or an external server, and start it if it does not
        run; `settings` reach it as environment variables SCENARIO_<NAME>."""
        key = (server, tuple(sorted(settings.items())))
        if key in self._failed:
            raise self._failed[key].with_traceback(None)
        script = self._launches.get(key)
        if script is None or script.exited:
            try:
                script = self._launches[key] = self.target.keep(self._launch(server, settings))
            except ImplementationFault as fault:
                self._failed[key] = fault
                raise
        else:
            self.target.trace.touched.append(script)
        return script

    @property
    def another(self) -> str:
        """Name of this variant's external server."""
        variant = self.target.variant
        return EXTERNAL.get(str(variant)) or next(iter(SERVERS[variant.server_kind]))

    def under_another(self) -> Script:
        """Return the running scenario under this variant's external server."""
        return self.under(self.another)

    def end(self) -> None:
        """End every service."""
        for script in self._launches.values():
            script.end()

    def _launch(self, server: str, settings: Mapping[str, Any]) -> Script:
        host, port = self.target.host, loopback.free_port(self.target.host)
        if server == RUN:
            return self.target.script(
                "security_service",
                address=(host, port),
                host=host,
                port=port,
                **{"production": "1", **TIMEOUTS, **settings},
            )
        command = Deployment(self.target.variant, server).command("security_service:app", host, port)
        return self.target.deployed(
            "security_service", command, address=(host, port), **{"production": "1", **settings}
        )
