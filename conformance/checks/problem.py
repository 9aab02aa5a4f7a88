"""Reads an error's body as problem details (ERROR-2a), which have one form on every variant."""

from __future__ import annotations

from typing import Any

from conformance.target.exchange import Exchange

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


def problem(answer: Exchange, status: int) -> dict[str, Any]:
    """Members of a problem body; AssertionError unless the answer is a whole problem of this status."""
    assert answer.status == status, f"{answer.status} instead of {status}\n{answer}"
    assert answer.content_type == "application/problem+json", str(answer)
    found = answer.json()
    assert isinstance(found, dict), str(answer)
    known = {"type", "title", "status", "detail", "instance"} | ({"errors"} if status == 422 else set())
    assert set(found) <= known, f"members that the error does not have: {sorted(set(found) - known)}\n{answer}"
    assert found.get("status") == status, str(answer)
    assert found.get("type", "about:blank") == "about:blank", str(answer)
    if status in TITLES:  # another one has no phrase
        assert found.get("title") == TITLES[status], str(answer)
    assert isinstance(found.get("title"), str), str(answer)
    assert isinstance(found.get("detail", ""), str), str(answer)
    return found


def errors(answer: Exchange) -> set[tuple[str, str]]:
    """Pairs (`in`, `name`) of the fields that a 422 names; AssertionError for one without a reason, or named twice."""
    members = problem(answer, 422)
    entries = members.get("errors")
    assert isinstance(entries, list), str(answer)
    for entry in entries:
        assert isinstance(entry, dict), str(answer)
        assert set(entry) == {"in", "name", "reason"}, str(answer)
        assert all(isinstance(value, str) for value in entry.values()), str(answer)
        assert entry["reason"].strip(), str(answer)
    named = [(entry["in"], entry["name"]) for entry in entries]
    assert len(named) == len(set(named)), str(answer)
    return set(named)


def allowed(answer: Exchange) -> set[str]:
    """Methods of the Allow header."""
    value = answer.header("allow")
    assert value is not None, f"no Allow header\n{answer}"
    return {method.strip() for method in value.split(",")}
