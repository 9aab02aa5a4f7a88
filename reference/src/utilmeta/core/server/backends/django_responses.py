"""Answers to Django's HTTP exceptions, wherever Django is set up, and conversions of its response objects."""

from __future__ import annotations

import sys
from typing import Any

from utilmeta.core.errors.framework import ErrorAnswer, stream
from utilmeta.core.response.response import Response


def exceptions_where_set_up() -> dict[type, Any]:
    """Return the answers to Django's exceptions, as its own handler has them; nothing where Django is not set up."""
    conf = sys.modules.get("django.conf")
    if conf is None or not conf.settings.configured:
        return {}
    from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
    from django.http import Http404
    from django.http.multipartparser import MultiPartParserError

    return {
        Http404: lambda error: ErrorAnswer(404, text(error)),
        PermissionDenied: lambda error: ErrorAnswer(403, text(error)),
        MultiPartParserError: private,
        BadRequest: private,
        SuspiciousOperation: private,
    }


def text(error: Exception) -> str:
    """Return an exception's message; an empty text where it has none, or holds the URL patterns that were tried."""
    from django.utils.functional import Promise

    message = error.args[0] if error.args else ""
    return str(message) if isinstance(message, (str, Promise)) else ""


def private(error: Exception) -> ErrorAnswer:
    """Return a 400 without the exception's text, which may hold paths and settings of the service."""
    return ErrorAnswer(400, private=True)


def responses() -> dict[type, Any]:
    """Return the conversions of Django's response classes, for Django as the backend."""
    from django.http import FileResponse, HttpResponse, StreamingHttpResponse

    def refuse(native: Any) -> Response:
        native.close()
        raise stream(native)

    return {HttpResponse: whole, FileResponse: file, StreamingHttpResponse: refuse}


def whole(native: Any) -> Response:
    """Convert a Django response object to a Response; a TemplateResponse is rendered first."""
    if callable(getattr(native, "render", None)):  # a TemplateResponse, which Django renders after its middleware
        native = native.render()
    return response_of(native, native.content)


def file(native: Any) -> Response:
    """Convert a Django FileResponse to a Response; the file is read whole."""
    source = native.file_to_stream
    if source is None or native.is_async:
        raise stream(native)
    with source:
        return response_of(native, b"".join(native.streaming_content))


def response_of(native: Any, content: bytes) -> Response:
    """Return the Response with ``content`` and the status, headers and cookies of a Django response object."""
    cookies = [("Set-Cookie", morsel.OutputString()) for morsel in native.cookies.values()]
    headers = [(name, str(value)) for name, value in native.items()]
    return Response(content, native.status_code, headers=[*headers, *cookies])
