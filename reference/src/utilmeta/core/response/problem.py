"""Bodies of errors: problem details (RFC 9457), the same on every variant (ERROR-2a)."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from utilmeta.core.errors.exception_log import title_of
from utilmeta.core.errors.framework import answer_of
from utilmeta.utils.exceptions import HTTPError, Unavailable

CONTENT_TYPE = "application/problem+json"

# Phrases of the IANA registry of status codes, since those of http.HTTPStatus change with Python.
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    407: "Proxy Authentication Required",
    408: "Request Timeout",
    409: "Conflict",
    410: "Gone",
    411: "Length Required",
    412: "Precondition Failed",
    413: "Content Too Large",
    414: "URI Too Long",
    415: "Unsupported Media Type",
    416: "Range Not Satisfiable",
    417: "Expectation Failed",
    421: "Misdirected Request",
    422: "Unprocessable Content",
    423: "Locked",
    424: "Failed Dependency",
    425: "Too Early",
    426: "Upgrade Required",
    428: "Precondition Required",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    451: "Unavailable For Legal Reasons",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
    505: "HTTP Version Not Supported",
    506: "Variant Also Negotiates",
    507: "Insufficient Storage",
    508: "Loop Detected",
    511: "Network Authentication Required",
}

# Status of a built-in exception that no handler takes (RESPONSE-7b).
BUILT_IN: dict[type, int] = {
    PermissionError: 403,
    FileNotFoundError: 404,
    NotImplementedError: 501,
    TimeoutError: 503,
    asyncio.TimeoutError: 503,  # another class until Python 3.11
}


def status_of(error: BaseException) -> int:
    """Return the status that an exception is answered with.

    It is its own or its framework's, that of the built-in class it belongs to (RESPONSE-7b), or 500.
    """
    if isinstance(error, (HTTPError, Unavailable)):
        return error.status
    answer = answer_of(error)
    if answer is not None:
        return answer.status
    return next((status for kind in type(error).__mro__ if (status := BUILT_IN.get(kind))), 500)


def problem(error: BaseException, *, production: bool, status: int | None = None, message: str | None = None) -> bytes:
    """Return the problem details that answer an exception, as JSON bytes.

    ``status`` and ``message`` replace those of the exception. In production, details of errors that are not HTTP errors
    are left out (ERROR-3a).
    """
    body = members(
        status_of(error) if status is None else status, detail(error, production) if message is None else message
    )
    told = error if isinstance(error, HTTPError) else answer_of(error)
    if told is not None and told.errors is not None:
        body["errors"] = told.errors
    return encode(body)


def is_public(error: BaseException) -> bool:
    """Return whether the text of an exception is meant for clients, as that of an HTTP error is."""
    if isinstance(error, HTTPError):
        return True
    answer = answer_of(error)
    return answer is not None and not answer.private


def detail(error: BaseException, production: bool) -> Any:
    """Return what the client may know of an exception, a text or JSON.

    It is an empty text where that could disclose something.
    """
    if isinstance(error, HTTPError):
        return error.detail
    answer = answer_of(error)
    if answer is not None and (answer.detail or not answer.private):
        return answer.detail
    return "" if production else title_of(error)


def sentence(error: BaseException, *, production: bool) -> Any:
    """Return the detail of an exception, or, without one, the phrase of its status."""
    said = detail(error, production)
    if not isinstance(said, str):
        return said
    return said.encode("utf-8", "replace").decode() or TITLES.get(status_of(error), "Error")


def members(status: int, detail: Any) -> dict[str, object]:
    """Return the members of a problem."""
    body: dict[str, object] = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status}
    if detail != "":
        body["detail"] = detail
    return body


def encode(body: dict[str, object]) -> bytes:
    """Encode a problem as JSON."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
