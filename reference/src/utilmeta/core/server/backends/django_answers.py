"""Django's exceptions that are answers, wherever Django is set up, and its response objects."""

from __future__ import annotations

import sys
from typing import Any

from utilmeta.core.errors.framework import ErrorAnswer, stream
from utilmeta.core.response.response import Response


def exceptions_where_set_up() -> dict[type, Any]:
    """What each means, as Django's own handler has it; nothing where Django is not set up in this process."""
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
    """Its message; nothing where that is the URL patterns that were tried, or none."""
    from django.utils.functional import Promise

    message = error.args[0] if error.args else ""
    return str(message) if isinstance(message, (str, Promise)) else ""


def private(error: Exception) -> ErrorAnswer:
    """What is suspicious is not told to who sent it: its text may hold paths and settings of the service."""
    return ErrorAnswer(400, private=True)


def responses() -> dict[type, Any]:
    """Of Django as the backend."""
    from django.http import FileResponse, HttpResponse, StreamingHttpResponse

    def refuse(native: Any) -> Response:
        native.close()
        raise stream(native)

    return {HttpResponse: whole, FileResponse: file, StreamingHttpResponse: refuse}


def whole(native: Any) -> Response:
    if callable(getattr(native, "render", None)):  # a TemplateResponse, which Django renders after its middleware
        native = native.render()
    return response_of(native, native.content)


def file(native: Any) -> Response:
    source = native.file_to_stream
    if source is None or native.is_async:
        raise stream(native)
    with source:
        return response_of(native, b"".join(native.streaming_content))


def response_of(native: Any, content: bytes) -> Response:
    cookies = [("Set-Cookie", morsel.OutputString()) for morsel in native.cookies.values()]
    headers = [(name, str(value)) for name, value in native.items()]
    return Response(content, native.status_code, headers=[*headers, *cookies])
