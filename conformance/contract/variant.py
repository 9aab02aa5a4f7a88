"""Backends, modes and their product, the variants: the one place that knows the six frameworks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, order=True)
class Backend:
    """One supported framework, as the contract speaks of it; told from the others by its name.

    `applications` are the classes that `application()` returns, by mode (APPLICATION-1). `dispatch` is the framework's
    own callable, `module:qualified.name`, that every request it serves goes through; the agent counts its calls to see
    that the framework really serves. `servers` are the in-process servers of conformance/agent/servers.py, by mode.
    `preload` is imported once by the agent; the versions of the distributions `stamps` go into the report.
    """

    name: str
    default_port: int = field(compare=False)
    default_mode: Mode = field(compare=False)
    applications: Mapping[Mode, str] = field(compare=False)
    dispatch: Mapping[Mode, str] = field(compare=False)
    servers: Mapping[Mode, str] = field(compare=False)
    preload: tuple[str, ...] = field(compare=False)
    stamps: tuple[str, ...] = field(compare=False)


# The in-process servers that call applications, and those of them that do so on an event loop.
SERVERS: Mapping[str, bool] = {"werkzeug": False, "django": False, "uvicorn": True, "sanic": True, "tornado": True}


def _both(value: str) -> Mapping[Mode, str]:
    return dict.fromkeys(Mode, value)


_UVICORN = (
    "uvicorn",
    "uvicorn.lifespan.on",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.auto",
    "uvicorn.loops.auto",
    "uvloop",
)

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
            servers={Mode.SYNC: "django", Mode.ASYNC: "uvicorn"},
            preload=("django.core.handlers.wsgi", "django.core.handlers.asgi", *_UVICORN),
            stamps=("django", "asgiref", "uvicorn"),
        ),
        Backend(
            name="flask",
            default_port=5000,
            default_mode=Mode.SYNC,
            applications=_both("flask.app.Flask"),
            dispatch=_both("flask:Flask.wsgi_app"),
            servers=_both("werkzeug"),
            preload=("werkzeug.serving",),
            stamps=("flask", "werkzeug"),
        ),
        Backend(
            name="starlette",
            default_port=8000,
            default_mode=Mode.ASYNC,
            applications=_both("starlette.applications.Starlette"),
            dispatch=_both("starlette.applications:Starlette.__call__"),
            servers=_both("uvicorn"),
            preload=("starlette.applications", *_UVICORN),
            stamps=("starlette", "uvicorn"),
        ),
        Backend(
            name="fastapi",
            default_port=8000,
            default_mode=Mode.ASYNC,
            applications=_both("fastapi.applications.FastAPI"),
            dispatch=_both("fastapi:FastAPI.__call__"),
            servers=_both("uvicorn"),
            preload=("fastapi", *_UVICORN),
            stamps=("fastapi", "starlette", "uvicorn"),
        ),
        Backend(
            name="sanic",
            default_port=8000,
            default_mode=Mode.ASYNC,
            applications=_both("sanic.app.Sanic"),
            dispatch=_both("sanic.router:Router.get"),
            servers=_both("sanic"),
            preload=("sanic.server.protocols.http_protocol",),
            stamps=("sanic",),
        ),
        Backend(
            name="tornado",
            default_port=8000,
            default_mode=Mode.ASYNC,
            applications=_both("tornado.web.Application"),
            dispatch=_both("tornado.web:Application.find_handler"),
            servers=_both("tornado"),
            preload=("tornado.web", "tornado.httpserver"),
            stamps=("tornado",),
        ),
    )
}


@dataclass(frozen=True, order=True)
class Variant:
    """A backend in a mode, written `flask-sync`."""

    framework: Backend
    mode: Mode

    def __str__(self) -> str:
        return f"{self.backend}-{self.mode}"

    @property
    def backend(self) -> str:
        """The backend's name, as a user writes it."""
        return self.framework.name

    @property
    def asynchronous(self) -> bool:
        """What the service is given as `asynchronous=`."""
        return self.mode is Mode.ASYNC

    @property
    def server(self) -> str:
        """The in-process server of a forked start."""
        return self.framework.servers[self.mode]

    @property
    def on_a_loop(self) -> bool:
        """Whether its server calls the application on an event loop."""
        return SERVERS[self.server]

    @classmethod
    def parse(cls, text: str, backends: Mapping[str, Backend] = BACKENDS) -> Variant:
        """The inverse of `str`; raises ValueError for what is no variant of `backends`."""
        backend, _, mode = text.rpartition("-")
        if backend not in backends or mode not in {entry.value for entry in Mode}:
            raise ValueError(f"{text!r} is no variant: one reads `flask-sync`, of {', '.join(backends)}; sync or async")
        return cls(backends[backend], Mode(mode))

    @classmethod
    def every(cls, backends: Mapping[str, Backend] = BACKENDS) -> list[Variant]:
        """All of `backends`: the twelve that the contract speaks of unless given."""
        return [cls(backend, mode) for backend in backends.values() for mode in Mode]
