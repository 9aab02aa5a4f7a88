"""Backend for Django: a WSGI application run by runserver, or with ``asynchronous=True`` an ASGI one run by uvicorn.

The API answers where Django's own URL patterns have nothing for a path, or only a catch-all. So every native route,
whenever it was added, comes first, and all of the middleware is in between. Or the API is one of a project's URL
patterns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import Parameter
from typing import Any

from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import Resolver404, URLPattern, get_resolver

from utilmeta.conf.django import DjangoSettings
from utilmeta.core.errors.framework import Convert
from utilmeta.core.request.servers.django import DjangoASGIRequest, DjangoWSGIRequest, below_pattern, request_of
from utilmeta.core.request.servers.recorded_body import record
from utilmeta.core.request.servers.wsgi import closing
from utilmeta.core.server.backends import asgi, django_debug_pages, django_responses, django_runserver
from utilmeta.core.server.backends.base import Adapter, Deployment, Listener, Reply
from utilmeta.core.server.backends.django_asgi import ServiceASGIHandler, serve_asgi
from utilmeta.core.server.backends.django_reply import Complete
from utilmeta.core.server.backends.django_routes import Handler, answer_for_host, fall_back, mount, pattern
from utilmeta.core.server.foreign import ForeignApplication, Kind

__all__ = ["ADAPTER", "DjangoAdapter", "DjangoSettings"]

# The URL patterns of a project that brings none.
urlpatterns: list[Any] = []

# A header that runserver removes from answers to HEAD, unless it is written differently (BACKEND-7).
EMPTY = ("Content-Length", "0")


class DjangoAdapter(Adapter):
    """Adapter of ``backend="django"``."""

    name = "django"
    asynchronous = False
    loop = False
    gives_up = True
    needs_django = True
    loggers = ("django.request", "django.server", "uvicorn.error", "uvicorn.access")
    mountable = (Kind.URLS,)

    @classmethod
    def on_loop(cls, *, asynchronous: bool) -> bool:
        return asynchronous

    @classmethod
    def is_for_development(cls, *, asynchronous: bool) -> bool:
        return not asynchronous

    @classmethod
    def accepts(cls, application: Any) -> bool:
        return isinstance(application, (WSGIHandler, ASGIHandler))

    @classmethod
    def mode_of(cls, application: Any) -> bool:
        return isinstance(application, ASGIHandler)

    @classmethod
    def check_mode(cls, application: Any, *, asynchronous: bool) -> None:
        if application is None:
            return
        kind = ASGIHandler if asynchronous else WSGIHandler
        if not isinstance(application, kind):
            raise ValueError(
                f"asynchronous={asynchronous} needs {kind.__name__} as backend, not {type(application).__name__}; "
                f"give one, or set asynchronous={not asynchronous}"
            )

    def build(self) -> Handler:
        return ServiceASGIHandler() if self.deployment.asynchronous else WSGIHandler()

    def install(self, application: Handler, handle: Any) -> None:
        limit = self.deployment.max_body_size
        if isinstance(application, ASGIHandler):
            serve_asgi(application, self.deployment)

            async def view(native: Any) -> HttpResponse:
                request = request_of(native)
                return written(request, await handle(request), limit)
        else:
            application.request_class = remembering(application.request_class, self.deployment)

            def view(native: Any) -> HttpResponse:  # type: ignore[misc]
                request = request_of(native)
                return written(request, handle(request), limit)

        exempt(view)
        alone = __name__ == settings.ROOT_URLCONF and not self.deployment.injected
        fall_back(application, view, self.deployment, urlpatterns if alone else None)
        if settings.MIDDLEWARE:
            answer_for_host(application, view, self.deployment.hosts)

    def mount(self, application: Handler, other: ForeignApplication) -> None:
        mount(other.route, other.application)

    def route(self, handle: Any) -> URLPattern:
        """Return a URL pattern for a project that its own handler, of either kind, serves."""
        limit = self.deployment.max_body_size
        if self.deployment.asynchronous:

            async def view(native: Any, path: str, **captured: Any) -> HttpResponse:
                request = below_pattern(native, path)
                return written(request, await handle(request), limit)
        else:

            def view(native: Any, path: str, **captured: Any) -> HttpResponse:  # type: ignore[misc]
                request = below_pattern(native, path)
                return written(request, handle(request), limit)

        exempt(view)
        return pattern(view, self.deployment)

    @classmethod
    def responses(cls) -> Mapping[type, Convert]:
        return django_responses.responses()

    @classmethod
    def get_debug(cls, application: Handler) -> bool:
        return bool(settings.DEBUG)

    def set_debug(self, application: Handler, debug: bool) -> None:
        settings.DEBUG = debug

    @classmethod
    def has_middleware(cls, application: Handler) -> bool:
        return bool(settings.MIDDLEWARE)

    @classmethod
    def path_of(cls, native: Any) -> bytes:
        """Return the path of Django's request; for an API among the URL patterns, what those that include it leave."""
        try:
            match = get_resolver(getattr(native, "urlconf", None)).resolve(native.path_info)
        except Resolver404:
            return request_of(native).path_bytes()
        if django_debug_pages.is_api(match.func):
            return below_pattern(native, match.args[0]).path_bytes()
        return request_of(native).path_bytes()

    @classmethod
    def run_requires(cls, *, asynchronous: bool) -> Sequence[str]:
        return ("uvicorn",) if asynchronous else ()

    def run_options(self, application: Handler) -> Mapping[str, Parameter]:
        return asgi.options() if self.deployment.asynchronous else django_runserver.options()

    def run(self, application: Handler, listener: Listener, options: Mapping[str, Any]) -> None:
        serve = asgi.run if self.deployment.asynchronous else django_runserver.run
        serve(application, self.deployment, listener, options)


def exempt(view: Any) -> None:
    """Exempt a view from what Django puts around views, transactions (DATABASE-10) and debug pages among it."""
    view.csrf_exempt = True
    view._non_atomic_requests = set(settings.DATABASES)
    django_debug_pages.mark(view)
    django_debug_pages.withhold()


def written(request: DjangoWSGIRequest | DjangoASGIRequest, reply: Reply, limit: int) -> Complete:
    """Return Django's response for a reply, as the request's server writes it whole.

    A body of more than ``limit`` bytes is left unread.
    """
    status, headers, body = reply
    if isinstance(request, DjangoWSGIRequest):
        if request.unframed or request.leave_unread(limit):
            headers = closing(headers)
        elif request.method == "HEAD":
            headers = [("Content-Length", " 0") if header == EMPTY else header for header in headers]
    return Complete(status, headers, body)


def remembering(base: Any, deployment: Deployment) -> Any:
    """Return a subclass of Django's WSGIRequest that keeps the path as sent, and records bodies for the API.

    Django replaces bytes of PATH_INFO that are not UTF-8 by their percent-encoding. What middleware reads of a body for
    the API is recorded (BACKEND-5b).
    """
    takes, limit = deployment.takes, deployment.max_body_size

    class Remembering(base):  # type: ignore[misc]
        def __init__(self, environ: dict[str, Any]) -> None:
            self.raw_path = environ["PATH_INFO"]
            if takes(self.raw_path.encode("latin-1")):
                record(environ, limit)
            super().__init__(environ)

    return Remembering


ADAPTER = DjangoAdapter
