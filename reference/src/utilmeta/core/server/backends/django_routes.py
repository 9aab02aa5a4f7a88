"""Routing of a Django project to the API: where URL patterns have nothing for a path, or by one of them."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import (
    Resolver404,
    ResolverMatch,
    URLPattern,
    URLResolver,
    clear_url_caches,
    get_resolver,
    include,
    path,
)
from django.urls.resolvers import RegexPattern

from utilmeta.core.pipeline.host import AllowedHosts
from utilmeta.core.request.servers.django import request_of
from utilmeta.core.server.backends.base import Deployment
from utilmeta.core.server.backends.django_reply import Complete
from utilmeta.utils.exceptions import DeclarationError

# Routes such as path("<path:p>", ...) and re_path(".*", ...).
CATCH_ALL = re.compile(r"<path:\w+>|\^?(\((\?P<\w+>)?\.[*+]\)|\.[*+])\$?")

TEST_CLIENTS = "django.test.client"

Handler: TypeAlias = WSGIHandler | ASGIHandler


class Claimed(RegexPattern):  # type: ignore[misc]
    """URL pattern that matches what the API claims; its view gets the rest of the path.

    The API may be included below other patterns, which match the path before.
    """

    def __init__(self, deployment: Deployment) -> None:
        regex = rf"^{re.escape(deployment.route)}(?:/.*)?$" if deployment.route else "^(?:.*)$"
        super().__init__(regex, name=deployment.name, is_endpoint=True)
        self.claims = deployment.claims

    def match(self, path: str) -> tuple[str, tuple[str, ...], dict[str, Any]] | None:
        return ("", (path,), {}) if self.claims(path.encode(errors="replace")) else None


def pattern(view: Any, deployment: Deployment) -> URLPattern:
    """Return a URL pattern for a project; ``view`` takes Django's request and the rest of the path."""
    return URLPattern(Claimed(deployment), view)


def mount(route: str, other: Any) -> None:
    """Append the URL patterns of an object that has them as ``urls`` to those of the project, below ``route``.

    Raises DeclarationError where these are no list.
    """
    patterns = get_resolver().url_patterns
    if not isinstance(patterns, list):
        raise DeclarationError(
            f"urlpatterns of {settings.ROOT_URLCONF} is a {type(patterns).__name__}; make it a list, so that {other!r} "
            "can be mounted"
        )
    urls = other.urls  # of a NinjaAPI a tuple with names for them, as path() takes it
    prefix = route.strip("/")
    patterns.append(path(prefix and f"{prefix}/", urls if isinstance(urls, tuple) else include(urls)))
    clear_url_caches()


def fall_back(application: Handler, view: Any, deployment: Deployment, patterns: list[Any] | None) -> None:
    """Make ``view`` answer where the URL patterns of the project have nothing for a path, or a catch-all.

    ``patterns`` are all of its patterns where the project brings none.
    """
    native, claims, takes = application.resolve_request, deployment.claims, deployment.takes
    api = ResolverMatch(view, (), {}, route="")

    def resolve_request(request: Any) -> ResolverMatch:
        if patterns is not None and not patterns:
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
            if not takes(path_of(request)):
                raise
        request.resolver_match = api
        return api

    application.resolve_request = resolve_request
    answer_test_clients(resolve_request)


def answer_test_clients(resolve: Any) -> None:
    """Make Django's test clients, each of which is a handler of its own, reach the API too (HOOK-10b)."""
    native = getattr(BaseHandler.resolve_request, "native", BaseHandler.resolve_request)

    def resolve_request(handler: Any, request: Any) -> ResolverMatch:
        if any(kind.__module__ == TEST_CLIENTS for kind in type(handler).__mro__):
            return resolve(request)
        return native(handler, request)

    resolve_request.native = native  # type: ignore[attr-defined]
    BaseHandler.resolve_request = resolve_request


def behind(request: Any) -> ResolverMatch | None:
    """Return the match of a request's path without the project's catch-alls, or None."""
    patterns = get_resolver(getattr(request, "urlconf", None)).url_patterns
    others = [pattern for pattern in patterns if not CATCH_ALL.fullmatch(str(pattern.pattern))]
    try:
        match: ResolverMatch = URLResolver(RegexPattern(r"^/"), others).resolve(request.path_info)
    except Resolver404:
        return None
    return None if CATCH_ALL.fullmatch(match.route) else match


def answer_for_host(application: Handler, view: Any, hosts: AllowedHosts) -> None:
    """Make ``view`` answer for the Host of an API request that Django's middleware has refused (SECURITY-8a)."""

    def refused(request: Any, response: Any) -> bool:
        if response.status_code != 400 or isinstance(response, Complete):
            return False
        try:
            header = request_of(request).header
            return application.resolve_request(request).func is view and not hosts.admits(header)
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
    """Return the reply with the headers and cookies that outer middleware has added to the response it replaces."""
    for name, value in response.items():
        reply.headers.setdefault(name, value)
    reply.cookies = response.cookies
    return reply


def path_of(native: Any) -> bytes:
    """Return the decoded path of Django's request, below the application's mount point."""
    path: str = native.path_info
    return path.encode()
