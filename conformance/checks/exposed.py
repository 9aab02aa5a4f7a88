"""The scenario security.py under `run()` and under external servers: one launch each for all checks of SECURITY."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from conformance import loopback
from conformance.service import Script
from conformance.target import Target
from conformance.variant import Variant

RUN = "run()"

# Seconds of each time-out of a connection under `run()`, so that no check waits long for one.
PATIENCE = 0.6
TIMEOUTS = {name: str(PATIENCE) for name in ("header_timeout", "body_timeout", "keep_alive_timeout")}

# How each external server is started, without `python -m`, at an address, for each of the two kinds of application.
SERVERS: Mapping[str, Mapping[str, Callable[[str, int], list[str]]]] = {
    "threaded": {
        "gunicorn": lambda host, port: [
            "gunicorn", "--bind", f"{host}:{port}", "--no-control-socket", "--worker-class", "gthread",
            "--threads", "4", "security:app",
        ],
        "granian": lambda host, port: [
            "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "security:app",
        ],
    },
    "asynchronous": {
        "uvicorn h11": lambda host, port: [
            "uvicorn", "--host", host, "--port", str(port), "--http", "h11", "--log-level", "warning", "security:app",
        ],
        "uvicorn httptools": lambda host, port: [
            "uvicorn", "--host", host, "--port", str(port), "--http", "httptools", "--log-level", "warning",
            "security:app",
        ],
        "hypercorn": lambda host, port: ["hypercorn", "--bind", f"{host}:{port}", "security:app"],
        "granian": lambda host, port: [
            "granian", "--interface", "asgi", "--host", host, "--port", str(port), "security:app",
        ],
    },
}  # fmt: skip


def servers(variant: Variant) -> Iterable[str]:
    """The external servers that can serve the application of a variant; Sanic and Tornado bring their own."""
    if variant.backend in ("sanic", "tornado"):
        return ()
    return SERVERS["asynchronous" if variant.on_a_loop else "threaded"]


class Exposed:
    """The launches of one target, each made when a check first asks for it, and anew if an attack has ended it."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self._launches: dict[tuple[str, tuple[tuple[str, Any], ...]], Script] = {}

    def under(self, server: str = RUN, **settings: Any) -> Script:
        """The scenario under `run()`, or under one of `servers`, in production; `settings` reach it as
        SCENARIO_<NAME>."""
        key = (server, tuple(sorted(settings.items())))
        script = self._launches.get(key)
        if script is None or script.exited:
            script = self._launches[key] = self.target.keep(self._launch(server, settings))
        else:
            self.target.trace.touched.append(script)
        return script

    def under_each(self) -> Iterable[tuple[str, Script]]:
        """The name of each server of this variant, and the scenario under it; `run()` not among them."""
        for server in servers(self.target.variant):
            yield server, self.under(server)

    def end(self) -> None:
        """End every launch."""
        for script in self._launches.values():
            script.end()

    def _launch(self, server: str, settings: Mapping[str, Any]) -> Script:
        host, port = self.target.host, loopback.free_port(self.target.host)
        if server == RUN:
            return self.target.script(
                "security", address=(host, port), host=host, port=port, **{"production": "1", **TIMEOUTS, **settings}
            )
        command = SERVERS["asynchronous" if self.target.variant.on_a_loop else "threaded"][server](host, port)
        return self.target.deployed("security", command, address=(host, port), **{"production": "1", **settings})
