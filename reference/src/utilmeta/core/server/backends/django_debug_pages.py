"""Django's debug pages, which show settings, environment and sources, limited to errors of native views.

For any other request (SECURITY-1a, SECURITY-1b) the project's error handlers answer, as they do without DEBUG.
"""

from __future__ import annotations

from typing import Any

from django.core.handlers.exception import get_exception_response
from django.http import HttpResponse
from django.urls import get_resolver, get_urlconf
from django.views import debug


def mark(view: Any) -> None:
    """Mark a view as that of an API."""
    view.utilmeta = True


def is_api(view: Any) -> bool:
    """Return whether a view is marked as that of an API."""
    return hasattr(view, "utilmeta")


def is_native(request: Any) -> bool:
    """Return whether a view of the project's own is answering the request."""
    match = getattr(request, "resolver_match", None)
    return match is not None and not is_api(match.func)


def withhold() -> None:
    """Make Django's exception handling, in all handlers of this process, show debug pages for native views alone."""
    error_page, missing_page = debug.technical_500_response, debug.technical_404_response
    if hasattr(error_page, "withheld"):
        return

    def technical_500_response(
        request: Any, exc_type: Any, exc_value: Any, tb: Any, status_code: int = 500
    ) -> HttpResponse:
        if is_native(request):
            return error_page(request, exc_type, exc_value, tb, status_code)
        if status_code != 500:
            return plain(request, status_code, exc_value)
        return get_resolver(get_urlconf()).resolve_error_handler(500)(request)

    def technical_404_response(request: Any, exception: Any) -> HttpResponse:
        return missing_page(request, exception) if is_native(request) else plain(request, 404, exception)

    technical_500_response.withheld = True  # type: ignore[attr-defined]
    debug.technical_500_response, debug.technical_404_response = technical_500_response, technical_404_response


def plain(request: Any, status: int, error: Any) -> HttpResponse:
    """Return the error response that Django gives without DEBUG."""
    return get_exception_response(request, get_resolver(get_urlconf()), status, error)
