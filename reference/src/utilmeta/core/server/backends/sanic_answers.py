"""Sanic's exceptions, and its response objects."""

from __future__ import annotations

from typing import Any

from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, ResponseStream

from utilmeta.core.errors.framework import ErrorAnswer, plain_detail, stream
from utilmeta.core.response.response import Response


def describe(error: SanicException) -> ErrorAnswer:
    """Its message is for clients; its ``extra`` is not, and its ``context`` has no place in a problem."""
    status = error.status_code
    headers = {name: str(value) for name, value in (error.headers or {}).items()}
    return ErrorAnswer(status, plain_detail(str(error), status), headers)


def convert(native: HTTPResponse) -> Response:
    headers = [(name, str(value)) for name, value in native.headers.items()]
    content_type = None if any(name.lower() == "content-type" for name, _ in headers) else native.content_type
    return Response(native.body or b"", native.status, headers=headers, content_type=content_type)


def refuse(native: ResponseStream) -> Response:
    raise stream(native)


EXCEPTIONS: dict[type, Any] = {SanicException: describe}
RESPONSES: dict[type, Any] = {HTTPResponse: convert, ResponseStream: refuse}
