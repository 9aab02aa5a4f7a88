"""Error bodies: problem details (RFC 9457), the same on every variant (ERROR-2a)."""

from __future__ import annotations

import json

from utilmeta.utils.exceptions import HTTPError, Unavailable, UnprocessableEntity

CONTENT_TYPE = "application/problem+json"

# The names of RFC 9110, 15, and of RFC 6585 for 428, 429 and 431: those of http.HTTPStatus change with Python.
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    408: "Request Timeout",
    409: "Conflict",
    410: "Gone",
    411: "Length Required",
    412: "Precondition Failed",
    413: "Content Too Large",
    414: "URI Too Long",
    415: "Unsupported Media Type",
    417: "Expectation Failed",
    421: "Misdirected Request",
    422: "Unprocessable Content",
    428: "Precondition Required",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def problem(error: HTTPError) -> bytes:
    """The body for an error that says its status; ``detail`` only if it has one."""
    body = members(error.status, error.detail)
    if isinstance(error, UnprocessableEntity):
        body["errors"] = error.errors
    return encode(body)


def failure(error: Exception, *, production: bool) -> bytes:
    """The body of a 500, or of what is unavailable; in production nothing of the exception is in it (ERROR-3a)."""
    return encode(members(status_of(error), "" if production else f"{type(error).__name__}: {error}"))


def status_of(error: Exception) -> int:
    """The status of an exception that is no answer by itself."""
    return error.status if isinstance(error, Unavailable) else 500


def members(status: int, detail: str) -> dict[str, object]:
    body: dict[str, object] = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status}
    if detail:
        body["detail"] = detail
    return body


def encode(body: dict[str, object]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
