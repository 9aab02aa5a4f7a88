"""Sanic's debug pages, which show sources and local variables, limited to errors of native routes.

For any other request (SECURITY-1a, SECURITY-1b) the application answers as it does without ``debug``.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable
from typing import Any

from sanic import Sanic
from sanic.errorpages import JSONRenderer, TextRenderer, guess_mime
from sanic.exceptions import BadURL, SanicException
from sanic.handlers import ErrorHandler
from sanic.http import Http
from sanic.log import error_logger
from sanic.response import HTTPResponse, text

from utilmeta.core.server.backends.sanic_routes import ROUTE

JSON = "application/json"


def is_native(request: Any) -> bool:
    """Return whether the request is for a route of the application's own."""
    return request.route is not None and not request.route.path.startswith(ROUTE)


def withhold(application: Sanic) -> None:
    """Make Sanic show debug pages for native routes alone, unless the application replaces Sanic's error pages."""
    answer_bad_targets()
    handler = application.error_handler
    if type(handler).default is not ErrorHandler.default:
        return
    debug_page, respond = handler.default, handler.response

    def default(request: Any, error: Exception) -> HTTPResponse:
        if not handler.debug or is_native(request):
            return debug_page(request, error)
        handler.log(request, error)
        json = guess_mime(request, request.app.config.FALLBACK_ERROR_FORMAT) == JSON
        return (JSONRenderer if json else TextRenderer)(request, error, False).render()

    def response(request: Any, error: Exception) -> Any:
        answer = respond(request, error)
        withheld = handler.debug and not is_native(request) and inspect.isawaitable(answer)
        return answered(answer) if withheld else answer

    handler.default, handler.response = default, response


async def answered(answer: Awaitable[Any]) -> Any:
    """Return the response of the application's own exception handler; if that fails, the plain 500 of production."""
    try:
        return await answer
    except SanicException:
        raise
    except Exception:  # noqa: BLE001 - it is logged, with its traceback
        error_logger.exception("An exception handler has failed")
        return text("An error occurred while handling an error", 500)


def answer_bad_targets() -> None:
    """Make Sanic answer a request whose target is no URL.

    Its error answers need a request object, and it fails to make one from that target.
    """
    native = Http.create_empty_request
    if hasattr(native, "withheld"):
        return

    def create_empty_request(stream: Any) -> None:
        try:
            native(stream)
        except BadURL:
            stream.url = "*"
            native(stream)

    create_empty_request.withheld = True  # type: ignore[attr-defined]
    Http.create_empty_request = create_empty_request
