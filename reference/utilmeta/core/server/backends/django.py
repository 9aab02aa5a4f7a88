"""Django: a WSGI application run by runserver, or with ``asynchronous=True`` an ASGI one run by uvicorn.

The API is asked where Django's own URL patterns hold nothing for a path, or only a catch-all, so every native route,
whenever it was added, comes first, and all of the middleware is in between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from inspect import Parameter
from typing import Any, TypeAlias

from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import Resolver404, ResolverMatch, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from utilmeta.conf.django import DjangoSettings
from utilmeta.core.request.django import DjangoASGIRequest, DjangoWSGIRequest
from utilmeta.core.request.request import LONGEST
from utilmeta.core.request.wsgi import closing
from utilmeta.core.server.backends import asgi, runserver
from utilmeta.core.server.backends.base import Adapter, Deployment, Lifecycle, Listener
from utilmeta.core.server.host import AllowedHosts

__all__ = ["ADAPTER", "DjangoAdapter", "DjangoSettings"]

# The routes of path("<path:p>", ...), re_path(".*", ...) and their like.
CATCH_ALL = re.compile(r"<path:\w+>|\^?(\((\?P<\w+>)?\.[*+]\)|\.[*+])\$?")

# Of a project that brings none.
urlpatterns: list[Any] = []

# A header that runserver takes out of what it answers to HEAD, unless it is written in another way (BACKEND-7).
EMPTY = ("Content-Length", "0")

Handler: TypeAlias = WSGIHandler | ASGIHandler


class Complete(HttpResponse):  # type: ignore[misc]
    """A reply has all its headers, some of them more than once; Django's class knows each but once."""

    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        first = dict(reversed(headers))
        super().__init__(body, status=status, headers=first)
        if "Content-Type" not in first:
            del self.headers["Content-Type"]
        self.repeated = [item for item in headers if item not in first.items()] if len(first) < len(headers) else []

    def items(self) -> list[tuple[str, str]]:
        return [*super().items(), *self.repeated]


class ServiceASGIHandler(ASGIHandler):  # type: ignore[misc]
    """Takes the server's lifespan messages, and no more of a body than the service does."""

    lifecycle: Lifecycle
    max_body_size: int

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await asgi.lifespan(self.lifecycle, receive, send)
            return
        for name, value in scope.get("headers", ()):
            if name == b"content-length" and value.isdigit() and int(value[:LONGEST]) > self.max_body_size:
                receive = after_nothing(receive)  # it will be refused, so it is not received (ERROR-1d)
        await super().__call__(scope, receive, send)

    async def read_body(self, receive: Any) -> Any:
        """Stop receiving past the limit: the view sees that there is more, and refuses (ERROR-1d)."""
        size = 0

        async def bounded() -> Any:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            return {**message, "more_body": False} if size > self.max_body_size else message

        return await super().read_body(bounded)

    async def listen_for_disconnect(self, receive: Any) -> None:
        """What is left of a body that was refused is not what Django waits for here."""

        async def disconnect() -> Any:
            while (message := await receive())["type"] == "http.request":
                continue
            return message

        await super().listen_for_disconnect(disconnect)


def after_nothing(receive: Any) -> Any:
    """An empty body, then what there is."""
    messages = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def bounded() -> Any:
        return next(messages, None) or await receive()

    return bounded


class DjangoAdapter(Adapter):
    """``backend="django"``."""

    name = "django"
    asynchronous = False
    loop = False
    needs_django = True

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
        if isinstance(application, ASGIHandler):
            self.serve_asgi(application)

            async def view(native: Any) -> HttpResponse:
                return Complete(*await handle(DjangoASGIRequest(native)))
        else:
            application.request_class = remembering(application.request_class)

            def view(native: Any) -> HttpResponse:  # type: ignore[misc]
                request = DjangoWSGIRequest(native)
                status, headers, body = handle(request)
                if request.unframed:
                    headers = closing(headers)
                elif request.method == "HEAD":
                    headers = [("Content-Length", " 0") if header == EMPTY else header for header in headers]
                return Complete(status, headers, body)

        view.csrf_exempt = True  # type: ignore[attr-defined]
        fall_back(application, view, self.deployment)
        if self.deployment.hosts is not None and settings.MIDDLEWARE:
            answer_for_host(application, view, self.deployment.hosts)

    def serve_asgi(self, application: ASGIHandler) -> None:
        """An application that was injected stays the object it is, and learns what one of ours can do."""
        if not isinstance(application, ServiceASGIHandler):
            kind = type(application)
            application.__class__ = type(kind.__name__, (ServiceASGIHandler, kind), {})
        application.lifecycle = self.deployment.lifecycle
        application.max_body_size = self.deployment.max_body_size

    @classmethod
    def get_debug(cls, application: Handler) -> bool:
        return bool(settings.DEBUG)

    def set_debug(self, application: Handler, debug: bool) -> None:
        settings.DEBUG = debug

    @classmethod
    def run_requires(cls, *, asynchronous: bool) -> Sequence[str]:
        return ("uvicorn",) if asynchronous else ()

    def run_options(self, application: Handler) -> Mapping[str, Parameter]:
        return asgi.options() if self.deployment.asynchronous else runserver.options()

    def run(self, application: Handler, listener: Listener, options: Mapping[str, Any]) -> None:
        serve = asgi.run if self.deployment.asynchronous else runserver.run
        serve(application, self.deployment, listener, options)


def fall_back(application: Handler, view: Any, deployment: Deployment) -> None:
    """Have ``view`` answer where the URL patterns of the project hold nothing, or a catch-all."""
    native, claims, rest = application.resolve_request, deployment.claims, deployment.rest
    api = ResolverMatch(view, (), {}, route="")
    alone = __name__ == settings.ROOT_URLCONF

    def resolve_request(request: Any) -> ResolverMatch:
        if alone and not urlpatterns:
            request.resolver_match = api
            return api
        try:
            match: ResolverMatch = native(request)
            if not CATCH_ALL.fullmatch(match.route):
                return match
            other = behind(request)
            if other is not None or not claims(path_of(request)):
                match = request.resolver_match = other or match
                return match
        except Resolver404:
            if not rest and not claims(path_of(request)):
                raise
        request.resolver_match = api
        return api

    application.resolve_request = resolve_request


def behind(request: Any) -> ResolverMatch | None:
    """What matches when the project's catch-alls are left out."""
    patterns = get_resolver(getattr(request, "urlconf", None)).url_patterns
    others = [pattern for pattern in patterns if not CATCH_ALL.fullmatch(str(pattern.pattern))]
    try:
        match: ResolverMatch = URLResolver(RegexPattern(r"^/"), others).resolve(request.path_info)
    except Resolver404:
        return None
    return None if CATCH_ALL.fullmatch(match.route) else match


def answer_for_host(application: Handler, view: Any, hosts: AllowedHosts) -> None:
    """Have ``view`` refuse the Host of an API request, in its own way, where Django's middleware has (DJANGO-7a)."""

    def refused(request: Any, response: Any) -> bool:
        if response.status_code != 400 or isinstance(response, Complete):
            return False
        try:
            return application.resolve_request(request).func is view and not hosts.admits(request.headers.get)
        except Resolver404:
            return False

    if isinstance(application, ASGIHandler):
        answer = application.get_response_async

        async def get_response_async(request: Any) -> Any:
            response = await answer(request)
            return outermost(await view(request), response) if refused(request, response) else response

        application.get_response_async = get_response_async
    else:
        answer = application.get_response

        def get_response(request: Any) -> Any:
            response = answer(request)
            return outermost(view(request), response) if refused(request, response) else response

        application.get_response = get_response


def outermost(reply: HttpResponse, response: HttpResponse) -> HttpResponse:
    """The reply, with what outer middleware has added to the response in its place."""
    for name, value in response.items():
        reply.headers.setdefault(name, value)
    reply.cookies = response.cookies
    return reply


def path_of(native: Any) -> bytes:
    """The path below the application's mount point, decoded."""
    path: str = native.path_info
    return path.encode()


def remembering(base: Any) -> Any:
    """Django's WSGIRequest puts text into PATH_INFO, in which bytes that are not UTF-8 have become percent-encoded."""

    class Remembering(base):  # type: ignore[misc]
        def __init__(self, environ: dict[str, Any]) -> None:
            self.raw_path = environ["PATH_INFO"]
            super().__init__(environ)

    return Remembering


ADAPTER = DjangoAdapter
