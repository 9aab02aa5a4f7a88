"""Backends: what each of the six frameworks is and can do, in one table, BACKENDS.

A framework's name stands there and in tables of facts that one check is about (conformance/checks/framework_facts.py),
and is compared nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, Flag, auto


class Mode(str, Enum):
    """Mode of a service: built with `asynchronous=False` or `asynchronous=True`."""

    SYNC = "sync"
    ASYNC = "async"

    def __str__(self) -> str:
        return self.value


class Capability(Flag):
    """Something that one framework can do and another cannot; checks ask for it with `Variant.can`.

    A capability decides what a check asks of a variant. Whether a requirement applies there at all stands in the
    contract, as `[applies: ...]`.
    """

    MIDDLEWARE = auto()
    """Middleware of an application runs before the API and may answer in its place (BACKEND-5)."""
    LIFESPAN = auto()
    """An application calls functions of its own when its server starts and stops (BACKEND-4)."""
    MOUNTS = auto()
    """An application takes another one at a path (BACKEND-3)."""
    ROUTES_WITHIN_APIS = auto()
    """A native route below the route of an API that was put into an application answers (API-8d)."""
    URL_PATTERNS = auto()
    """An API may be among URL patterns that are included below a path with parameters (API-8b)."""
    DJANGO_MIDDLEWARE = auto()
    """The middleware of `DjangoSettings(middleware=...)` runs (DJANGO-1b)."""
    EXCEPTION_STATUSES = auto()
    """An HTTP exception of the framework has any status and a text of its own (BACKEND-10a)."""
    EXCEPTION_HEADERS = auto()
    """An HTTP exception of the framework has headers (BACKEND-10a)."""
    EXCEPTION_ANSWERS = auto()
    """An exception of the framework may bring the whole answer: a response, or a result (BACKEND-10)."""
    EXCEPTION_LOG_MESSAGES = auto()
    """An HTTP exception of the framework has a message for the log alone (BACKEND-10e)."""
    RESPONSE_OBJECTS = auto()
    """The framework has response objects (BACKEND-11)."""
    REPEATED_HEADERS = auto()
    """A response object of the framework may have two headers of one name (SECURITY-12c)."""
    EXTERNAL_SERVERS = auto()
    """Every server for applications of its kind, WSGI or ASGI, serves it as a user deploys it (HOOK-4)."""
    WORKER_PROCESS = auto()
    """Its own `run` serves in a child of the process that was started, even with one worker (SERVICE-21)."""
    MAIN_THREAD = auto()
    """Its own `run` can serve in the main thread alone, where a signal interrupts an endpoint (ERROR-5i)."""

    def __str__(self) -> str:
        return ", ".join(each.name.lower() for each in Capability if each in self and each.name)


@dataclass(frozen=True)
class Server:
    """What an in-process server does with an application and its requests."""

    on_a_loop: bool
    """Whether it calls the application on an event loop; otherwise in a thread for each request."""
    decodes_chunks: bool = True
    """Whether a chunked body reaches the application; otherwise it is refused with 411 (ROUTE-6)."""


# The functions of conformance/agent/servers.py, by their names.
SERVERS: Mapping[str, Server] = {
    "werkzeug": Server(on_a_loop=False),
    "django": Server(on_a_loop=False, decodes_chunks=False),
    "uvicorn": Server(on_a_loop=True),
    "sanic": Server(on_a_loop=True),
    "tornado": Server(on_a_loop=True),
}


@dataclass(frozen=True, order=True)
class Backend:
    """A framework that a service can run on, and what the harness knows of it; equal to another by its name.

    `applications` are the classes that `application()` returns, by mode (APPLICATION-1). `dispatch` is the framework's
    own callable, `module:qualified.name`, that every request it serves goes through; the agent counts its calls to see
    that the framework really serves. `servers` are the in-process servers, by mode, as SERVERS names them.
    `preload` are modules that the agent imports once; `stamps` are the distributions whose versions stand in the
    report. `capabilities` are all that the framework can do.
    """

    name: str
    default_port: int = field(compare=False)
    default_mode: Mode = field(compare=False)
    applications: Mapping[Mode, str] = field(compare=False)
    dispatch: Mapping[Mode, str] = field(compare=False)
    servers: Mapping[Mode, str] = field(compare=False)
    preload: tuple[str, ...] = field(compare=False)
    stamps: tuple[str, ...] = field(compare=False)
    capabilities: Capability = field(compare=False)


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

_OF_STARLETTE = (
    Capability.MIDDLEWARE
    | Capability.LIFESPAN
    | Capability.MOUNTS
    | Capability.ROUTES_WITHIN_APIS
    | Capability.EXCEPTION_STATUSES
    | Capability.EXCEPTION_HEADERS
    | Capability.RESPONSE_OBJECTS
    | Capability.REPEATED_HEADERS
    | Capability.EXTERNAL_SERVERS
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
            capabilities=(
                Capability.MIDDLEWARE
                | Capability.ROUTES_WITHIN_APIS
                | Capability.URL_PATTERNS
                | Capability.DJANGO_MIDDLEWARE
                | Capability.RESPONSE_OBJECTS
                | Capability.EXTERNAL_SERVERS
            ),
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
            capabilities=(
                Capability.MIDDLEWARE
                | Capability.ROUTES_WITHIN_APIS
                | Capability.EXCEPTION_STATUSES
                | Capability.EXCEPTION_HEADERS
                | Capability.EXCEPTION_ANSWERS
                | Capability.RESPONSE_OBJECTS
                | Capability.REPEATED_HEADERS
                | Capability.EXTERNAL_SERVERS
                | Capability.MAIN_THREAD
            ),
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
            capabilities=_OF_STARLETTE,
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
            capabilities=_OF_STARLETTE,
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
            capabilities=(
                Capability.MIDDLEWARE
                | Capability.LIFESPAN
                | Capability.ROUTES_WITHIN_APIS
                | Capability.EXCEPTION_STATUSES
                | Capability.EXCEPTION_HEADERS
                | Capability.RESPONSE_OBJECTS
                | Capability.REPEATED_HEADERS
                | Capability.WORKER_PROCESS
            ),
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
            capabilities=(
                Capability.EXCEPTION_STATUSES | Capability.EXCEPTION_ANSWERS | Capability.EXCEPTION_LOG_MESSAGES
            ),
        ),
    )
}


def having(capability: Capability) -> frozenset[str]:
    """Names of those of BACKENDS that have the capability."""
    return frozenset(backend.name for backend in BACKENDS.values() if capability in backend.capabilities)
