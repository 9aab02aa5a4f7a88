"""ERROR: what a client gets when something is wrong."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from conformance.check import must
from conformance.checks.problem import allowed, problem
from conformance.exchange import Exchange
from conformance.service import Service
from conformance.target import Target


def errors(answer: Exchange) -> set[tuple[str, str]]:
    """Where each field that a 422 names was sent, and its name; each has its reason, and none is named twice."""
    members = problem(answer, 422)
    entries = members.get("errors")
    assert isinstance(entries, list), str(answer)
    for entry in entries:
        assert isinstance(entry, dict), str(answer)
        assert set(entry) == {"in", "name", "reason"}, str(answer)
        assert isinstance(entry["reason"], str), str(answer)
        assert entry["reason"].strip(), str(answer)
    named = [(entry["in"], entry["name"]) for entry in entries]
    assert len(named) == len(set(named)), str(answer)
    return set(named)


@must("ERROR-1a")
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/{}", "/{}", "/api/item/one/{}", "/api/branch/deep/leaf/{}"])
def test_an_unknown_path_is_not_found(root: Service, method: str, path: str) -> None:
    problem(root.request(method, path.format(f"w{secrets.token_hex(4)}")), 404)


@must("ERROR-1b")
@pytest.mark.parametrize(
    ("method", "path", "methods"),
    [
        ("POST", "/api/hello", {"GET", "HEAD", "OPTIONS"}),
        ("DELETE", "/api/branch/deep/leaf", {"GET", "HEAD", "OPTIONS"}),
        ("GET", "/api/echo", {"POST", "OPTIONS"}),
        ("PUT", "/api/path/7", {"GET", "HEAD", "OPTIONS"}),
        ("PATCH", "/api/item/latest", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_another_method_of_a_known_path_is_refused_with_those_allowed(
    root: Service, method: str, path: str, methods: set[str]
) -> None:
    answer = root.request(method, path)
    problem(answer, 405)
    assert allowed(answer) == methods


WRONG: dict[str, tuple[str, str, dict[str, Any], set[tuple[str, str]]]] = {
    "path, no number": ("GET", "/api/path/abc", {}, {("path", "number")}),
    "path, deep": ("GET", "/api/item/one/part/1.5", {}, {("path", "number")}),
    "query, missing": ("GET", "/api/plus?a=1", {}, {("query", "b")}),
    "query, no number": ("GET", "/api/plus?a=1&b=two", {}, {("query", "b")}),
    "query, empty": ("GET", "/api/plus?a=1&b=", {}, {("query", "b")}),
    "query, optional": ("GET", "/api/query?number=x", {}, {("query", "number")}),
    "query, no boolean": ("GET", "/api/query?flag=maybe", {}, {("query", "flag")}),
    "query, alias": ("GET", "/api/renamed?as-sent=x", {}, {("query", "as-sent")}),
    "query, several": ("GET", "/api/plus?b=two", {}, {("query", "a"), ("query", "b")}),
    "query, too small": ("GET", "/api/bounded?page=0&name=abc", {}, {("query", "page")}),
    "query, too large and too long": (
        "GET",
        "/api/bounded?page=10&name=abcd",
        {},
        {("query", "page"), ("query", "name")},
    ),
    "header, missing": ("GET", "/api/header", {}, {("header", "X-Count")}),
    "header, no number": ("GET", "/api/header", {"headers": [("X-Count", "x")]}, {("header", "X-Count")}),
    "cookie, missing": ("GET", "/api/cookie", {"headers": [("Cookie", "other=1")]}, {("cookie", "session")}),
    "cookie, no number": ("GET", "/api/cookie", {"headers": [("Cookie", "session=x")]}, {("cookie", "session")}),
    "body, missing": ("POST", "/api/fields", {"json": {"size": 2}}, {("body", "name")}),
    "body, no number": ("POST", "/api/fields", {"json": {"name": "a", "size": "x"}}, {("body", "size")}),
    "body, several": ("POST", "/api/fields", {"json": {"size": []}}, {("body", "name"), ("body", "size")}),
}


@must("ERROR-1c", "ERROR-2b")
@pytest.mark.parametrize("case", WRONG)
def test_each_parameter_that_is_missing_or_does_not_convert_is_named(root: Service, case: str) -> None:
    method, path, sent, named = WRONG[case]
    assert errors(root.request(method, path, **sent)) == named


@must("ERROR-1c")
@pytest.mark.parametrize(("code", "status"), [("abc", 200), ("ABC", 404), ("abcd", 404), ("ab", 404), ("ab1", 404)])
def test_a_path_parameter_that_misses_its_regex_is_not_found(root: Service, code: str, status: int) -> None:
    answer = root.get(f"/api/code/{code}")
    if status == 200:
        assert (answer.status, answer.json()) == (200, {"code": code}), str(answer)
    else:
        problem(answer, status)


REQUESTS = {
    "bad bytes": ("GET", "/api/word/%FF", 400),
    "unknown path": ("GET", "/api/nowhere", 404),
    "unknown path outside the root route": ("POST", "/nowhere", 404),
    "other method": ("DELETE", "/api/hello", 405),
    "wrong parameter": ("GET", "/api/plus?a=x", 422),
    "exception": ("GET", "/api/failure/crash", 500),
    "exception of a lookup": ("GET", "/api/failure/lookup", 500),
}


@must("ERROR-2a")
@pytest.mark.parametrize("case", REQUESTS)
def test_an_error_is_the_same_problem_in_production_as_in_development(target: Target, case: str) -> None:
    method, path, status = REQUESTS[case]
    developing = problem(target.root().request(method, path), status)
    producing = problem(target.shared("root", production="1").request(method, path), status)
    developing.pop("detail", None)
    producing.pop("detail", None)
    assert producing == developing


@must("ERROR-2a")
def test_in_development_the_detail_tells_the_exception(root: Service) -> None:
    secret = secrets.token_hex(8)
    members = problem(root.get(f"/api/failure/crash?secret={secret}"), 500)
    assert f"crashed with {secret}" in members.get("detail", "")


@must("ERROR-2a")
@pytest.mark.parametrize("accept", ["text/html", "*/*", "text/plain"])
def test_an_error_is_a_problem_whatever_the_client_accepts(root: Service, accept: str) -> None:
    for path, status in (("/api/nowhere", 404), ("/api/failure/crash", 500)):
        problem(root.get(path, headers=[("Accept", accept)]), status)


@must("ERROR-4")
def test_an_exception_leaves_the_next_request_unharmed(root: Service) -> None:
    for path in ("/api/failure/crash", "/api/failure/lookup") * 3:
        problem(root.get(path), 500)
        data = {"nonce": secrets.token_hex(8)}
        answer = root.post("/api/echo", json=data)
        assert (answer.status, answer.json()) == (200, data), str(answer)
    answer = root.get("/api/whereabouts")
    assert answer.status == 200, str(answer)
    assert answer.json()["pid"] == root.pid


@must("ERROR-4")
def test_exceptions_leave_the_requests_beside_them_unharmed(root: Service) -> None:
    def one(number: int) -> Exchange:
        if number % 2:
            return root.get(f"/api/failure/crash?secret={number}")
        return root.get(f"/api/path/{number}")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(24)))
    for number, answer in enumerate(answers):
        if number % 2:
            assert f"crashed with {number}" in problem(answer, 500).get("detail", "")
        else:
            assert (answer.status, answer.json()) == (200, {"number": number}), str(answer)
