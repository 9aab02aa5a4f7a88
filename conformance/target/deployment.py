"""Deployments: a scenario under `run()`, or its application under an external server, with the command that starts
it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conformance.contract.backend import Capability
from conformance.contract.variant import Variant

RUN = "run()"

Command = Callable[[str, str, int], list[str]]


def _gunicorn(*worker: str) -> Command:
    return lambda app, host, port: ["gunicorn", "--bind", f"{host}:{port}", "--no-control-socket", *worker, app]


def _granian(interface: str) -> Command:
    return lambda app, host, port: ["granian", "--interface", interface, "--host", host, "--port", str(port), app]


def _uvicorn(parser: str) -> Command:
    return lambda app, host, port: [
        "uvicorn", "--host", host, "--port", str(port), "--http", parser, "--log-level", "warning", app,
    ]  # fmt: skip


# How each external server is started, without `python -m`: application (`scenario:app`), host and port, for each of the
# two kinds of application.
SERVERS: Mapping[str, Mapping[str, Command]] = {
    "threaded": {
        "gunicorn": _gunicorn("--worker-class", "gthread", "--threads", "4"),
        "gunicorn sync": _gunicorn("--worker-class", "sync"),
        "gunicorn gevent": _gunicorn("--worker-class", "gevent"),
        "granian": _granian("wsgi"),
    },
    "asynchronous": {
        "uvicorn h11": _uvicorn("h11"),
        "uvicorn httptools": _uvicorn("httptools"),
        "gunicorn uvicorn": _gunicorn("--worker-class", "uvicorn_worker.UvicornWorker"),
        "hypercorn": lambda app, host, port: ["hypercorn", "--bind", f"{host}:{port}", app],
        "granian": _granian("asgi"),
    },
}
# Their names in tables, where those would not tell what is meant.
_NAMES: Mapping[str, Mapping[str, str]] = {
    "threaded": {"gunicorn": "gunicorn gthread", "granian": "granian wsgi"},
    "asynchronous": {"granian": "granian asgi"},
}


@dataclass(frozen=True)
class Deployment:
    """A variant under `run()`, or under the external server that SERVERS lists under `server`."""

    variant: Variant
    server: str = RUN

    def __str__(self) -> str:
        return f"{self.server} {self.variant}"

    def command(self, app: str, host: str, port: int) -> list[str]:
        """What is run with `python -m`; of an external server only."""
        return SERVERS[self.variant.server_kind][self.server](app, host, port)

    @property
    def served_by(self) -> str:
        """Name of the server, for tables; under `run()` the server that comes with the variant's framework."""
        if self.server == RUN:
            return f"{RUN} {self.variant.server}"
        return _NAMES[self.variant.server_kind].get(self.server, self.server)


def deployments(variants: tuple[Variant, ...]) -> list[Deployment]:
    """Each variant under `run()`, then each external server with one variant of the kind that it serves."""
    found = [Deployment(variant) for variant in variants]
    for kind, servers in SERVERS.items():
        fitting = [each for each in variants if each.server_kind == kind and each.can(Capability.EXTERNAL_SERVERS)]
        if fitting:
            chosen = min(fitting, key=preference)
            found += [Deployment(chosen, server) for server in servers]
    return found


def preference(variant: Variant) -> tuple[bool, bool]:
    """Sort key by which the variant that stands for others with the same server comes first: its backend has that
    server in both modes, and the mode is the backend's default."""
    other_server = len(set(variant.framework.servers.values())) > 1
    return other_server, variant.mode is not variant.framework.default_mode
