"""Reads answers to requests that are refused: the status, Allow (ERROR-1b), and the body as a problem (ERROR-2)."""

from __future__ import annotations

from typing import Any

from conformance.target.exchange import Exchange
from conformance.target.observed import plain_type

# The phrases of the IANA registry of status codes, which RFC 9457 section 4.2.1 asks for as titles of about:blank.
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


REFUSALS = range(400, 500)
"""Statuses of a request that is refused, for a check whose requirement does not say which of them it is."""


def refused(answer: Exchange, status: int | None = None) -> None:
    """Assert that a request is refused: with this status, or with any where the requirement does not say which."""
    if status is None:
        assert answer.status in REFUSALS, str(answer)
    else:
        assert answer.status == status, str(answer)


def problem(answer: Exchange, status: int) -> dict[str, Any]:
    """Return the members of a problem body; AssertionError unless it is one of this status, as ERROR-2a says.

    For checks of ERROR-2a and of sentences about the body of an error: any other one asks for the status alone.
    """
    assert answer.status == status, str(answer)
    assert answer.content_type == "application/problem+json", str(answer)
    found = answer.members()
    assert found.get("status") == status, str(answer)
    assert found.get("type", "about:blank") == "about:blank", str(answer)
    if status in TITLES:  # another one has no phrase
        assert found.get("title") == TITLES[status], str(answer)
    assert plain_type(found.get("title")) is str, str(answer)
    assert plain_type(found.get("detail", "")) is str, str(answer)
    return found


def errors(answer: Exchange) -> set[tuple[str, str]]:
    """Return the pairs (`in`, `name`) of the fields that a 400 names; AssertionError for one without a reason.

    For checks of ERROR-2b and of sentences about what a 400 names: of the body it reads the member `errors` alone.
    """
    return set(named(answer))


def named(answer: Exchange) -> list[tuple[str, str]]:
    """Like `errors`, in the answer's order; a field that is named twice is there twice."""
    assert answer.status == 400, str(answer)
    entries = answer.members().get("errors")
    assert plain_type(entries) is list, str(answer)
    for entry in entries:
        assert plain_type(entry) is dict, str(answer)
        told = {key: plain_type(entry.get(key)) for key in ("in", "name", "reason")}
        assert told == dict.fromkeys(("in", "name", "reason"), str), str(answer)
        assert entry["reason"].strip() != "", str(answer)
    return [(entry["in"], entry["name"]) for entry in entries]


def allowed(answer: Exchange) -> set[str]:
    """Return the methods of the Allow header; AssertionError without one."""
    value = answer.header("allow")
    assert value is not None, f"no Allow header\n{answer}"
    return {method.strip() for method in value.split(",")}
