"""Answers to Sanic's exceptions, and conversions of its response objects."""

from __future__ import annotations

from typing import Any

from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, ResponseStream

from utilmeta.core.errors.framework import ErrorAnswer, plain_detail, stream
from utilmeta.core.response.response import Response


def describe(error: SanicException) -> ErrorAnswer:
    """Return the answer to a Sanic exception: its message, but neither ``extra`` nor ``context``."""
    status = error.status_code
    headers = {name: str(value) for name, value in (error.headers or {}).items()}
    return ErrorAnswer(status, plain_detail(str(error), status), headers)


def convert(native: HTTPResponse) -> Response:
    """Return the Response of a Sanic response."""
    headers = [(name, str(value)) for name, value in native.headers.items()]
    content_type = None if any(name.lower() == "content-type" for name, _ in headers) else native.content_type
    return Response(native.body or b"", native.status, headers=headers, content_type=content_type)


def refuse(native: ResponseStream) -> Response:
    """Raise the TypeError for a stream."""
    raise stream(native)


EXCEPTIONS: dict[type, Any] = {SanicException: describe}
RESPONSES: dict[type, Any] = {HTTPResponse: convert, ResponseStream: refuse}
