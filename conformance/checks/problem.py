"""The one form of an error body: problem details as ERROR-2a has them, the same on every variant."""

from __future__ import annotations

from typing import Any

from conformance.exchange import Exchange

# The status phrases of RFC 9110, which RFC 9457 section 4.2.1 asks for as titles of the type about:blank.
TITLES = {
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    411: "Length Required",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


def problem(answer: Exchange, status: int) -> dict[str, Any]:
    """The members of the answer's problem body; an AssertionError says in what it is not the error `status`."""
    assert answer.status == status, f"{answer.status} instead of {status}\n{answer}"
    found = answer.json("application/problem+json")
    assert isinstance(found, dict), str(answer)
    known = {"type", "title", "status", "detail", "instance"} | ({"errors"} if status == 422 else set())
    assert set(found) <= known, f"members that the error does not have: {sorted(set(found) - known)}\n{answer}"
    assert found.get("status") == status, str(answer)
    assert found.get("type", "about:blank") == "about:blank", str(answer)
    assert found.get("title") == TITLES[status], str(answer)
    assert isinstance(found.get("detail", ""), str), str(answer)
    return found


def errors(answer: Exchange) -> set[tuple[str, str]]:
    """Where each field that a 422 names was sent, and its name; each has its reason, and none is named twice."""
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
    """The methods of the answer's Allow header."""
    value = answer.header("allow")
    assert value is not None, f"no Allow header\n{answer}"
    return {method.strip() for method in value.split(",")}
