"""Backends, modes and their product, the variants: the one place that knows the six frameworks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Mode(str, Enum):
    """Whether a service is built with `asynchronous=False` or `asynchronous=True`."""

    SYNC = "sync"
    ASYNC = "async"

    def __str__(self) -> str:
        return self.value


class Start(str, Enum):
    """How a scenario is started: see "How a check reaches a service" in ARCHITECTURE.md."""

    FORKED = "forked"
    SCRIPT = "script"
    DEPLOYED = "deployed"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Backend:
    """One supported framework, as the contract speaks of it.

    `dispatch` is the framework's own callable, `module:qualified.name`, that every request it serves goes through;
    the agent counts its calls to see that the framework really serves. `applications` are the classes that
    `application()` may return (APPLICATION-1), by mode.
    """

    name: str
    default_port: int
    default_mode: Mode
    dispatch: dict[Mode, str]
    applications: dict[Mode, str]
    asynchronous_server: frozenset[Mode]

    def __str__(self) -> str:
        return self.name


def _backend(
    name: str, port: int, default: Mode, dispatch: tuple[str, str], application: tuple[str, str], servers: Iterable[Mode]
) -> Backend:
    modes = (Mode.SYNC, Mode.ASYNC)
    return Backend(
        name, port, default, dict(zip(modes, dispatch)), dict(zip(modes, application)), frozenset(servers)
    )


def _same(value: str) -> tuple[str, str]:
    return value, value


_BOTH = (Mode.SYNC, Mode.ASYNC)

BACKENDS: dict[str, Backend] = {
    backend.name: backend
    for backend in (
        _backend(
            "django",
            8000,
            Mode.SYNC,
            (
                "django.core.handlers.base:BaseHandler.get_response",
                "django.core.handlers.base:BaseHandler.get_response_async",
            ),
            ("django.core.handlers.wsgi.WSGIHandler", "django.core.handlers.asgi.ASGIHandler"),
            (Mode.ASYNC,),
        ),
        _backend("flask", 5000, Mode.SYNC, _same("flask:Flask.wsgi_app"), _same("flask.app.Flask"), ()),
        _backend(
            "starlette",
            8000,
            Mode.ASYNC,
            _same("starlette.applications:Starlette.__call__"),
            _same("starlette.applications.Starlette"),
            _BOTH,
        ),
        _backend(
            "fastapi",
            8000,
            Mode.ASYNC,
            _same("fastapi:FastAPI.__call__"),
            _same("fastapi.applications.FastAPI"),
            _BOTH,
        ),
        _backend("sanic", 8000, Mode.ASYNC, _same("sanic:Sanic.handle_request"), _same("sanic.app.Sanic"), _BOTH),
        _backend(
            "tornado",
            8000,
            Mode.ASYNC,
            _same("tornado.web:Application.find_handler"),
            _same("tornado.web.Application"),
            _BOTH,
        ),
    )
}


@dataclass(frozen=True, order=True)
class Variant:
    """A backend in a mode, written `flask-sync`."""

    backend: str
    mode: Mode

    def __str__(self) -> str:
        return f"{self.backend}-{self.mode}"

    @property
    def asynchronous(self) -> bool:
        """What the service is given as `asynchronous=`."""
        return self.mode is Mode.ASYNC
