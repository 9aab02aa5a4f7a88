"""ERROR: what a client gets when something is wrong."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from typing import Any

import pytest

from conformance.checks import server
from conformance.checks.log import logged
from conformance.checks.problem import allowed, errors, problem
from conformance.checks.raw_requests import JSON
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.foundation.deadline import START
from conformance.target.exchange import Exchange, request_bytes
from conformance.target.observed import plain_type
from conformance.target.service import Service
from conformance.target.target import Target


@must("ERROR-1a", kills=("canary", "error_unknown_path_is_a_400"))
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/{}", "/{}", "/api/item/one/{}", "/api/branch/deep/leaf/{}"])
def test_an_unknown_path_is_not_found(root: Service, method: str, path: str) -> None:
    answer = root.request(method, path.format(f"w{seeded_random.word(8)}"))
    assert answer.status == 404, str(answer)


@must("ERROR-1b", kills="error_405_without_allow")
@pytest.mark.parametrize(
    ("method", "path", "methods"),
    [
        ("POST", "/api/hello", {"GET"}),
        ("DELETE", "/api/branch/deep/leaf", {"GET"}),
        ("GET", "/api/echo", {"POST"}),
        ("PUT", "/api/path/7", {"GET"}),
        ("PATCH", "/api/item/latest", {"GET"}),
    ],
)
def test_another_method_of_a_known_path_is_refused_with_those_allowed(
    root: Service, method: str, path: str, methods: set[str]
) -> None:
    answer = root.request(method, path)
    assert answer.status == 405, str(answer)
    assert allowed(answer) - {"HEAD", "OPTIONS"} == methods, str(answer)  # which of these, ROUTE-2 says


WRONG: dict[str, tuple[str, str, dict[str, Any], set[tuple[str, str]]]] = {
    "path, no number": ("GET", "/api/path/abc", {}, {("path", "number")}),
    "path, deep": ("GET", "/api/item/one/part/abc", {}, {("path", "number")}),
    "query, no number": ("GET", "/api/plus?a=1&b=two", {}, {("query", "b")}),
    "query, optional": ("GET", "/api/query?number=x", {}, {("query", "number")}),
    "query, alias": ("GET", "/api/renamed?as-sent=x", {}, {("query", "as-sent")}),
    "query, several": ("GET", "/api/plus?a=one&b=two", {}, {("query", "a"), ("query", "b")}),
    "query, too small": ("GET", "/api/bounded?page=0&name=abc", {}, {("query", "page")}),
    "query, too large and too long": (
        "GET",
        "/api/bounded?page=10&name=abcd",
        {},
        {("query", "page"), ("query", "name")},
    ),
    "header, no number": ("GET", "/api/header", {"headers": [("X-Count", "x")]}, {("header", "X-Count")}),
    "cookie, no number": ("GET", "/api/cookie", {"headers": [("Cookie", "session=x")]}, {("cookie", "session")}),
    "body, no number": ("POST", "/api/fields", {"json": {"name": "a", "size": "x"}}, {("body", "size")}),
}
MISSING: dict[str, tuple[str, str, dict[str, Any], set[tuple[str, str]]]] = {
    "query, missing": ("GET", "/api/plus?a=1", {}, {("query", "b")}),
    "query, one missing": ("GET", "/api/plus?b=two", {}, {("query", "a"), ("query", "b")}),
    "header, missing": ("GET", "/api/header", {}, {("header", "X-Count")}),
    "cookie, missing": ("GET", "/api/cookie", {"headers": [("Cookie", "other=1")]}, {("cookie", "session")}),
    "body, missing": ("POST", "/api/fields", {"json": {"size": 2}}, {("body", "name")}),
    "body, one missing": ("POST", "/api/fields", {"json": {"size": []}}, {("body", "name"), ("body", "size")}),
}
NEARLY: dict[str, tuple[str, str, dict[str, Any], set[tuple[str, str]]]] = {
    "path, fraction": ("GET", "/api/item/one/part/1.5", {}, {("path", "number")}),
    "query, fraction": ("GET", "/api/plus?a=1&b=0.5", {}, {("query", "b")}),
    "query, empty": ("GET", "/api/plus?a=1&b=", {}, {("query", "b")}),
    "query, no boolean": ("GET", "/api/query?flag=maybe", {}, {("query", "flag")}),
    "body, fraction": ("POST", "/api/fields", {"json": {"name": "a", "size": 7.9}}, {("body", "size")}),
}
REFUSED = {**WRONG, **MISSING, **NEARLY}


@must("REQUEST-g4", kills="request_wrong_parameter_is_a_422")
@pytest.mark.parametrize("case", WRONG)
def test_a_parameter_that_does_not_convert_is_a_400(root: Service, case: str) -> None:
    method, path, sent, _ = WRONG[case]
    answer = root.request(method, path, **sent)
    assert answer.status == 400, str(answer)


@must("REQUEST-23", kills="request_wrong_parameter_is_a_422")
@pytest.mark.parametrize("case", MISSING)
def test_a_parameter_that_is_missing_is_a_400(root: Service, case: str) -> None:
    method, path, sent, _ = MISSING[case]
    answer = root.request(method, path, **sent)
    assert answer.status == 400, str(answer)


@must("REQUEST-24", kills="request_fraction_is_cut")
@pytest.mark.parametrize("case", NEARLY)
def test_what_could_be_made_to_convert_does_not(root: Service, case: str) -> None:
    method, path, sent, _ = NEARLY[case]
    answer = root.request(method, path, **sent)
    assert answer.status == 400, str(answer)


@must("ERROR-2b", kills=("error_errors_stop_at_the_first", "error_errors_by_the_name_in_the_signature"))
@pytest.mark.parametrize("case", REFUSED)
def test_each_parameter_that_is_missing_or_does_not_convert_is_named(root: Service, case: str) -> None:
    method, path, sent, named = REFUSED[case]
    assert errors(root.request(method, path, **sent)) == named


@must("ERROR-1c", kills="error_path_regex_is_a_400")
@pytest.mark.parametrize(("code", "status"), [("abc", 200), ("ABC", 404), ("abcd", 404), ("ab", 404), ("ab1", 404)])
def test_a_path_parameter_that_misses_its_regex_is_not_found(root: Service, code: str, status: int) -> None:
    answer = root.get(f"/api/code/{code}")
    assert answer.status == status, str(answer)
    if status == 200:
        assert answer.json() == {"code": code}, str(answer)


REQUESTS = {
    "bad bytes": ("GET", "/api/word/%FF"),
    "unknown path": ("GET", "/api/nowhere"),
    "unknown path outside the root route": ("POST", "/nowhere"),
    "other method": ("DELETE", "/api/hello"),
    "wrong parameter": ("GET", "/api/plus?a=x"),
    "exception": ("GET", "/api/failure/crash"),
    "exception of a lookup": ("GET", "/api/failure/lookup"),
}


@must(
    "ERROR-2a",
    kills=("error_404_by_the_framework", "error_traceback_as_a_member", "error_titles_of_its_own"),
)
@pytest.mark.parametrize("case", REQUESTS)
def test_an_error_is_the_same_problem_in_production_as_in_development(target: Target, case: str) -> None:
    developed = target.root().request(*REQUESTS[case])
    assert developed.status >= 400, str(developed)
    developing = problem(developed, developed.status)
    producing = problem(target.shared("root", production="1").request(*REQUESTS[case]), developed.status)
    developing.pop("detail", None)
    producing.pop("detail", None)
    assert producing == developing


@must("ERROR-2a", kills="error_500_without_detail")
def test_in_development_the_detail_tells_the_exception(root: Service) -> None:
    secret = seeded_random.word()
    members = problem(root.get(f"/api/failure/crash?secret={secret}"), 500)
    assert f"crashed with {secret}" in members.get("detail", "")


@must("ERROR-2a", kills="error_page_for_a_browser")
@pytest.mark.parametrize("accept", ["text/html", "*/*", "text/plain"])
def test_an_error_is_a_problem_whatever_the_client_accepts(root: Service, accept: str) -> None:
    for path, status in (("/api/nowhere", 404), ("/api/failure/crash", 500)):
        problem(root.get(path, headers=[("Accept", accept)]), status)


@must("ERROR-2d", kills="error_lookup_is_a_404")
@pytest.mark.parametrize("path", ["crash", "lookup"])
def test_an_exception_that_nobody_handles_is_a_500(root: Service, path: str) -> None:
    answer = root.get(f"/api/failure/{path}")
    assert answer.status == 500, str(answer)


LIMIT = 1000
DEFAULT_LIMIT = 10 * 1024 * 1024


@pytest.fixture
def limited(target: Target) -> Service:
    """The shared scenario of bodies with a `max_body_size` of LIMIT bytes."""
    return target.shared("body_endpoints", max_body_size=LIMIT)


def padded(data: Any, size: int) -> bytes:
    """JSON of exactly that many bytes."""
    return jsonlib.dumps(data).encode().ljust(size)


def too_long(path: str, length: int) -> bytes:
    """The head of a request that announces a body of that length, and no byte of the body."""
    return request_bytes("POST", path, "localhost", [JSON, ("Content-Length", str(length))])


@must("ERROR-1d", kills="error_413_at_the_limit")
def test_a_body_of_just_the_limit_is_taken(limited: Service) -> None:
    data = {"a": seeded_random.word()}
    answer = limited.post("/api/echo", body=padded(data, LIMIT), headers=[JSON])
    assert result(answer) == data


@must("ERROR-1d", kills="error_413_of_chunks_at_the_limit")
@pytest.mark.parametrize("chunks", [1, 4], ids=["in one chunk", "in several"])
def test_a_chunked_body_of_just_the_limit_is_taken(limited: Service, chunks: int) -> None:
    data = {"a": seeded_random.word()}
    body = padded(data, LIMIT)
    size = -(-LIMIT // chunks)
    parts = [body[start : start + size] for start in range(0, LIMIT, size)]
    coded = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    head = request_bytes("POST", "/api/echo", "localhost", [JSON, ("Transfer-Encoding", "chunked")])
    answer = limited.send(head + coded, "POST")
    if server.decodes_chunks(limited):
        assert result(answer) == data
    else:
        assert answer.status == 411, str(answer)


@must("ERROR-1d", kills="error_413_of_declared_bodies_alone")
@pytest.mark.parametrize("length", [LIMIT + 1, 5 * LIMIT, 10**9], ids=["by one", "by much", "a thousand million"])
@pytest.mark.parametrize("path", ["/api/echo", "/api/undeclared"], ids=["declared", "undeclared"])
def test_a_length_past_the_limit_is_refused_before_the_body_is_read(limited: Service, path: str, length: int) -> None:
    answer = limited.send(too_long(path, length), "POST")
    assert answer.status == 413, str(answer)


@must("ERROR-1d", kills="error_max_body_size_is_ignored")
@pytest.mark.parametrize("size", [LIMIT + 1, 50 * LIMIT], ids=["by one", "by much"])
def test_a_sent_body_past_the_limit_is_refused(limited: Service, size: int) -> None:
    answer = limited.post("/api/echo", body=padded({}, size), headers=[JSON])
    assert answer.status == 413, str(answer)


@must("ERROR-1d", kills="error_body_cut_at_the_limit")
@pytest.mark.parametrize("chunks", [1, 4], ids=["in one chunk", "in several"])
def test_a_chunked_body_is_refused_when_it_has_passed_the_limit_and_goes_on(
    target: Target, limited: Service, chunks: int
) -> None:
    part = padded({}, LIMIT // chunks + 1)
    coded = b"%x\r\n%s\r\n" % (len(part), part) * chunks  # and no last chunk
    head = request_bytes("POST", "/api/echo", "localhost", [JSON, ("Transfer-Encoding", "chunked")])
    answer = limited.send(head + coded, "POST")
    assert answer.status == (413 if server.decodes_chunks(limited) else 411), str(answer)


@must("ERROR-1d", kills="error_max_body_size_is_ignored")
def test_the_limit_is_10_mebibytes_unless_given(target: Target) -> None:
    service = target.shared("body_endpoints")
    text = "a" * (DEFAULT_LIMIT - len("text="))  # of a form: JSON has a limit of its own (SECURITY-7a)
    answer = service.post("/api/length", form={"text": text}, seconds=START)
    assert answer.status == 200, f"{answer.status} {answer.body[:200]!r}"
    assert answer.json() == len(text), f"{answer.body[:200]!r}"
    answer = service.send(too_long("/api/length", DEFAULT_LIMIT + 1), "POST")
    assert answer.status == 413, str(answer)


@must("ERROR-1e", kills="error_415_never")
@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "image/png", "application/jsonp", "x/json"])
def test_a_content_type_that_the_endpoint_does_not_take_is_refused(target: Target, kind: str) -> None:
    service = target.shared("body_endpoints")
    answer = service.post("/api/echo", body=b'{"a": 1}', headers=[("Content-Type", kind)])
    assert answer.status == 415, str(answer)


@must("ERROR-1e", kills="error_content_type_to_the_letter")
@pytest.mark.parametrize("kind", ["application/json", "Application/JSON", "application/json; charset=utf-8"])
def test_a_json_body_is_taken_however_its_type_is_written(target: Target, kind: str) -> None:
    data = {seeded_random.word(8): "é"}
    body = jsonlib.dumps(data, ensure_ascii=False).encode()
    answer = target.shared("body_endpoints").post("/api/echo", body=body, headers=[("Content-Type", kind)])
    assert result(answer) == data


UNPARSABLE = {
    "truncated": b'{"a": 1',
    "in the middle of a text": b'{"a": "b',
    "something after": b'{"a": 1} 2',
    "single quotes": b"{'a': 1}",
    "trailing comma": b'{"a": 1,}',
    "no quotes": b"{a: 1}",
    "not UTF-8": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "NaN": b'{"a": NaN}',
    "a control character": b'{"a": "\x01"}',
    "NUL": b"\x00",
    "a form": b"a=1&b=2",
}


@must("ERROR-1e", kills=("error_unparsable_is_a_422", "error_json_as_python_reads_it"))
@pytest.mark.parametrize("path", ["/api/echo", "/api/length"], ids=["whole", "fields"])
@pytest.mark.parametrize("case", UNPARSABLE)
def test_a_body_that_does_not_parse_is_a_bad_request(target: Target, path: str, case: str) -> None:
    answer = target.shared("body_endpoints").post(path, body=UNPARSABLE[case], headers=[JSON])
    assert answer.status == 400, str(answer)


@must("ERROR-1e", kills="error_every_body_is_parsed")
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "nonsense", "multipart/form-data"])
def test_a_body_that_nobody_declared_is_not_parsed(target: Target, kind: str) -> None:
    service = target.shared("body_endpoints")
    answer = service.post("/api/undeclared", body=b'{"a": ', headers=[("Content-Type", kind)])
    assert answer.status == 200, str(answer)
    assert answer.text == service.nonce, str(answer)


# In the order in which they win (ERROR-1f): statuses, and what a 400 is of.
ERRORS = ("404", "405", "413", "415", "what does not parse", "a parameter")


def wrong_in(wrong: Collection[str], *, unparsable: str = "body") -> tuple[str, str, bytes, str]:
    """Method, path, body and content type of a request that deserves these of ERRORS; `unparsable` is what does not
    parse."""
    parses = "what does not parse" not in wrong
    path = f"/api/w{seeded_random.word(8)}" if "404" in wrong else "/api/numbered"
    query = f"?number={'x' if 'a parameter' in wrong else 1}"
    if not parses and unparsable == "query":
        query += "&text=%FF"
    body = b'{"a": 1}' if parses or unparsable != "body" else b'{"a": '
    method = "PUT" if "405" in wrong else "POST"
    kind = "text/plain" if "415" in wrong else "application/json"
    return method, path + query, body.ljust(LIMIT + 1) if "413" in wrong else body, kind


def answer_to(target: Target, wrong: Collection[str], *, unparsable: str = "body") -> Exchange:
    """Of the shared scenario of bodies, with a limit where the body is to be too large."""
    service = (
        target.shared("body_endpoints", max_body_size=LIMIT) if "413" in wrong else target.shared("body_endpoints")
    )
    method, path, body, kind = wrong_in(wrong, unparsable=unparsable)
    return service.request(method, path, body=body, headers=[("Content-Type", kind)])


def answered_with(first: str, answer: Exchange) -> None:
    """Assert that an answer is that of an error of ERRORS: of the two that are a 400 only that of a parameter may name
    one (ERROR-2b)."""
    assert answer.status == (400 if first in ("what does not parse", "a parameter") else int(first)), str(answer)
    if first == "what does not parse":
        try:
            told = answer.json()
        except AssertionError:
            return
        assert plain_type(told) is not dict or not told.get("errors"), str(answer)


@must(
    "ERROR-1f",
    kills=("error_parameters_before_the_body", "error_size_before_the_route", "error_unparsable_names_a_field"),
)
@pytest.mark.parametrize(("first", "later"), list(combinations(ERRORS, 2)))
def test_of_two_errors_the_earlier_one_wins(target: Target, first: str, later: str) -> None:
    answered_with(first, answer_to(target, [first, later]))


@must("ERROR-1f", kills="error_query_before_the_content_type")
@pytest.mark.parametrize("other", [error for error in ERRORS if error != "what does not parse"])
def test_a_query_that_is_not_utf8_wins_and_loses_as_any_that_does_not_parse(target: Target, other: str) -> None:
    first = "what does not parse" if other == "a parameter" else other
    answered_with(first, answer_to(target, ["what does not parse", other], unparsable="query"))


@must("ERROR-1f", kills=("error_parameters_before_the_body", "error_size_before_the_route"))
@pytest.mark.parametrize("first", ERRORS)
def test_of_all_errors_that_are_left_the_first_wins(target: Target, first: str) -> None:
    answered_with(first, answer_to(target, ERRORS[ERRORS.index(first) :]))


@must("ERROR-1f", kills="error_parameters_are_not_converted")
def test_a_request_with_none_of_these_errors_is_answered(target: Target) -> None:
    assert result(answer_to(target, [])) == {"number": 1, "data": {"a": 1}}


FAILING = {"raised": "crash", "raised from another": "chain", "of a result that has no JSON": "unsendable"}


@must("ERROR-3a", kills="error_text_in_production")
@pytest.mark.parametrize("case", FAILING)
def test_in_production_nothing_of_an_exception_leaves_the_server(target: Target, case: str) -> None:
    service = target.shared("body_endpoints", production="1")
    secret = f"s{seeded_random.word()}"
    answer = service.get(f"/api/{FAILING[case]}?secret={secret}")
    assert answer.status == 500, str(answer)
    told = answer.received.decode("latin-1").lower()
    assert [part for part in (secret, "traceback", "body_endpoints", ".py", "crashed with") if part in told] == []


@must("ERROR-3b", kills=("error_log_without_traceback", "error_problem_without_request_id"))
@pytest.mark.parametrize("production", ["1", "0"], ids=["production", "development"])
@pytest.mark.parametrize("case", FAILING)
def test_the_log_has_the_whole_exception_with_the_request_id(target: Target, case: str, production: str) -> None:
    service = target.shared("body_endpoints", production=production)
    for _ in range(2):
        before, secret = len(service.output), f"s{seeded_random.word()}"
        answer = service.get(f"/api/{FAILING[case]}?secret={secret}")
        assert answer.status == 500, str(answer)
        identity = answer.header("x-request-id") or ""
        assert identity != "", str(answer)
        parts = [identity, "Traceback (most recent call last)"]
        if not case.startswith("of a result"):  # such a one is not raised with its text, nor in the endpoint
            parts += [secret, "body_endpoints.py", f"in {FAILING[case]}"]
        record = logged(service, before, *parts)
        assert [part for part in parts if part not in record] == [], record


@must("ERROR-3b", kills=("error_problem_without_request_id", "error_request_id_of_the_process"))
def test_every_response_has_a_request_id_of_its_own(target: Target) -> None:
    service = target.shared("body_endpoints")
    answers = [service.request(method, "/api/nonce") for method in ("GET", "GET", "HEAD", "OPTIONS")]
    answers.append(service.get("/api/word/%FF"))
    answers.append(service.get("/api/crash?secret=none"))
    answers += [answer_to(target, [error]) for error in ERRORS]
    identities = [answer.header("x-request-id") for answer in answers]
    assert [str(answer) for answer, identity in zip(answers, identities, strict=True) if not identity] == []
    assert len(set(identities)) == len(identities), identities


@must("ERROR-4", kills="error_told_to_the_next_request")
def test_an_exception_leaves_the_next_request_unharmed(root: Service) -> None:
    for path in ("/api/failure/crash", "/api/failure/lookup") * 3:
        answer = root.get(path)
        assert answer.status == 500, str(answer)
        data = {"nonce": seeded_random.word()}
        assert result(root.post("/api/echo", json=data)) == data
    answer = root.get("/api/whereabouts")
    assert answer.status == 200, str(answer)
    assert answer.members()["pid"] == root.pid


@must("ERROR-4", kills="error_told_to_the_next_request")
def test_exceptions_leave_the_requests_beside_them_unharmed(root: Service) -> None:
    def one(number: int) -> Exchange:
        if number % 2:
            return root.get(f"/api/failure/crash?secret={number}")
        return root.get(f"/api/path/{number}")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(24)))
    for number, answer in enumerate(answers):
        if number % 2:
            assert answer.status == 500, str(answer)
        else:
            assert result(answer) == {"number": number}
