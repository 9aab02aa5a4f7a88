"""Backends, modes and their product, the variants: the one place that knows the six frameworks."""

from __future__ import annotations

from collections.abc import Mapping
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

    `applications` are the classes that `application()` returns, by mode (APPLICATION-1). `dispatch` is the framework's
    own callable, `module:qualified.name`, that every request it serves goes through; the agent counts its calls to see
    that the framework really serves. `asynchronous_server` holds the modes in which its server has an event loop.
    `preload` is imported once by the agent; the versions of the distributions `stamps` go into the report.
    """

    name: str
    default_port: int
    default_mode: Mode
    applications: Mapping[Mode, str]
    dispatch: Mapping[Mode, str]
    asynchronous_server: frozenset[Mode]
    preload: tuple[str, ...]
    stamps: tuple[str, ...]


def _both(value: str) -> Mapping[Mode, str]:
    return dict.fromkeys(Mode, value)


_UVICORN = ("uvicorn", "uvicorn.lifespan.on", "uvicorn.protocols.http.auto", "uvicorn.loops.auto")

BACKENDS: Mapping[str, Backend] = {
    backend.name: backend
    for backend in (
        Backend(
            name="django",
            default_port=8000,
            default_mode=Mode.SYNC,
            applications={
                Mode.SYNC: "django.core.handlers.wsgi.WSGIHandler",
                Mode.ASYNC: "django.core.handlers.asgi.ASGIHandler",
            },
            dispatch={
                Mode.SYNC: "django.core.handlers.base:BaseHandler.get_response",
                Mode.ASYNC: "django.core.handlers.base:BaseHandler.get_response_async",
            },
            asynchronous_server=frozenset({Mode.ASYNC}),
            preload=("django.core.handlers.wsgi", "django.core.handlers.asgi", *_UVICORN),
            stamps=("django", "asgiref", "uvicorn"),
        ),
        Backend(
            name="flask",
            default_port=5000,
            default_mode=Mode.SYNC,
            applications=_both("flask.app.Flask"),
            dispatch=_both("flask:Flask.wsgi_app"),
            asynchronous_server=frozenset(),
            preload=("werkzeug.serving",),
            stamps=("flask", "werkzeug"),
        ),
        Backend(
            name="starlette",
            default_port=8000,
            default_mode=Mode.ASYNC,
            applications=_both("starlette.applications.Starlette"),
            dispatch=_both("starlette.applications:Starlette.__call__"),
            asynchronous_server=frozenset(Mode),
            preload=("starlette.applications", *_UVICORN),
            stamps=("starlette", "uvicorn"),
        ),
        Backend(
            name="fastapi",
            default_port=8000,
            default_mode=Mode.ASYNC,
            applications=_both("fastapi.applications.FastAPI"),
            dispatch=_both("fastapi:FastAPI.__call__"),
            asynchronous_server=frozenset(Mode),
            preload=("fastapi", *_UVICORN),
            stamps=("fastapi", "starlette", "uvicorn"),
        ),
        Backend(
            name="sanic",
            default_port=8000,
            default_mode=Mode.ASYNC,
            applications=_both("sanic.app.Sanic"),
            dispatch=_both("sanic.router:Router.get"),
            asynchronous_server=frozenset(Mode),
            preload=("sanic.server.protocols.http_protocol",),
            stamps=("sanic",),
        ),
        Backend(
            name="tornado",
            default_port=8000,
            default_mode=Mode.ASYNC,
            applications=_both("tornado.web.Application"),
            dispatch=_both("tornado.web:Application.find_handler"),
            asynchronous_server=frozenset(Mode),
            preload=("tornado.web", "tornado.httpserver"),
            stamps=("tornado",),
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

    @classmethod
    def parse(cls, text: str) -> Variant:
        """The inverse of `str`; raises ValueError for what is no variant."""
        backend, _, mode = text.partition("-")
        if backend not in BACKENDS or mode not in {entry.value for entry in Mode}:
            raise ValueError(f"{text!r} is no variant: one reads `flask-sync`, of {', '.join(BACKENDS)}; sync or async")
        return cls(backend, Mode(mode))

    @classmethod
    def every(cls) -> list[Variant]:
        """All twelve."""
        return [cls(backend, mode) for backend in BACKENDS for mode in Mode]
