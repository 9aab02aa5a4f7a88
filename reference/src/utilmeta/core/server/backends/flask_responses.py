"""Answers to Werkzeug's HTTP exceptions, which ``flask.abort`` raises, and conversions of its response objects."""

from __future__ import annotations

from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as NativeResponse

from utilmeta.core.errors.framework import ErrorAnswer, plain_detail, stream
from utilmeta.core.response.response import Response


def describe(error: HTTPException) -> ErrorAnswer:
    """Return the answer to an HTTPException: its description, or the response that it carries (``abort(response)``)."""
    if error.response is not None:
        return ErrorAnswer(getattr(error.response, "status_code", 500), result=error.response)
    headers = [(name, str(value)) for name, value in error.get_headers() if name.lower() != "content-type"]
    if isinstance(error, RequestRedirect):
        headers.append(("Location", error.new_url))
    status: Any = error.code
    return ErrorAnswer(status, plain_detail(error.description, status), headers)


def convert(native: NativeResponse) -> Response:
    """Return the Response of a Werkzeug response; a file is read, a stream is a TypeError."""
    if native.direct_passthrough:
        try:
            body = b"".join(native.iter_encoded())
        finally:
            native.close()
    elif native.is_streamed:
        raise stream(native)
    else:
        body = native.get_data()
    return Response(body, native.status_code, headers=list(native.headers), content_type=native.content_type)


EXCEPTIONS: dict[type, Any] = {HTTPException: describe}
RESPONSES: dict[type, Any] = {NativeResponse: convert}
