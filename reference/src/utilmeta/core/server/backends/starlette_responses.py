"""Answers to the HTTP exceptions of Starlette and FastAPI, and conversions of their response objects."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse
from starlette.responses import Response as NativeResponse

from utilmeta.core.errors.framework import ErrorAnswer, plain_detail, stream
from utilmeta.core.response.response import Response


class ResponseWithBackground(Response):
    """Response with a background task, which runs after it has been sent."""

    __slots__ = ("background",)

    background: Any  # type: ignore[misc]


def describe(error: HTTPException) -> ErrorAnswer:
    """Return the answer to an HTTPException."""
    return ErrorAnswer(error.status_code, plain_detail(error.detail, error.status_code), error.headers or ())


def convert(native: NativeResponse) -> Response:
    """Return the Response of a Starlette response; a file is read, a stream is a TypeError."""
    if isinstance(native, FileResponse):
        with open(native.path, "rb") as source:
            body = source.read()
        if native.headers.get("accept-ranges") == "bytes":
            del native.headers["accept-ranges"]  # the whole file is sent, whatever range is asked for
    elif hasattr(native, "body_iterator") or not hasattr(native, "body"):
        raise stream(native)
    else:
        body = bytes(native.body)
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in native.raw_headers]
    response = ResponseWithBackground(body, native.status_code, headers=headers)
    response.background = native.background
    return response


EXCEPTIONS: dict[type, Any] = {HTTPException: describe}
RESPONSES: dict[type, Any] = {NativeResponse: convert}
