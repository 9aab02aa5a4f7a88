"""PLUGIN: CORS, for pages of other origins."""

from __future__ import annotations

import pytest

from conformance.checks.raw_requests import JSON
from conformance.checks.result import spoken
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def documented(target: Target) -> Service:
    """The shared scenario of CORS as the guides have it."""
    return target.shared("plugin_cors_documented")


@pytest.fixture
def listing(target: Target) -> Service:
    """That of listed origins."""
    return target.shared("plugin_cors_origins")


@pytest.fixture
def cors(target: Target) -> Service:
    """That of all that CORS takes."""
    return target.shared("plugin_cors")


@pytest.fixture
def taking(target: Target) -> Service:
    """That of endpoints that take headers."""
    return target.shared("plugin_cors_headers")


@pytest.fixture
def around(target: Target) -> Service:
    """That of endpoints whose hooks and classes take some too."""
    return target.shared("plugin_cors_headers_around")


@pytest.fixture
def inherited(target: Target) -> Service:
    """That of plugins, with classes that inherit CORS."""
    return target.shared("plugin_around")


THING = "/api/crossed/thing"  # of plugin_cors_origins.py and of plugin_cors.py
ONE, TWO = "https://one.example", "https://two.example:8443"
PREFIX = "access-control-"


def asking(origin: str, method: str | None = None, *headers: tuple[str, str]) -> list[tuple[str, str]]:
    """The headers of a request of a page of that origin, or of the preflight for a method."""
    asked = [] if method is None else [("Access-Control-Request-Method", method)]
    return [("Origin", origin), *asked, *headers]


def grants(answer: Exchange) -> dict[str, str | None]:
    """The Access-Control headers of an answer."""
    names = ("Allow-Origin", "Allow-Methods", "Allow-Headers", "Allow-Credentials", "Expose-Headers", "Max-Age")
    return {name: value for name in names if (value := answer.header(PREFIX + name)) is not None}


@must("PLUGIN-9i", kills=("plugin_cors_is_not_inherited", "plugin_cors_of_a_base_first"))
def test_a_subclass_has_the_cors_of_its_nearest_base_unless_it_has_its_own(inherited: Service) -> None:
    for name, allowed, other in (
        ("shared", ONE, TWO),
        ("shared_heir", ONE, TWO),
        ("shared_far", ONE, TWO),
        ("shared_own", TWO, ONE),
    ):
        path = f"/api/inherited/{name}/end"
        assert grants(inherited.get(path, headers=asking(allowed))).get("Allow-Origin") == allowed, name
        answer = inherited.get(path, headers=asking(other))
        assert answer.status == 403, f"{name}: {answer}"


def varies(answer: Exchange) -> set[str]:
    return {word.strip().lower() for word in (answer.header("vary") or "").split(",")} - {""}


def listed(text: str | None) -> set[str]:
    return {word.strip().lower() for word in (text or "").split(",")}


@must("PLUGIN-8a", kills="plugin_cors_of_every_origin_allows_none")
def test_a_page_of_any_origin_can_read_what_allows_every_origin(documented: Service) -> None:
    origin = f"https://{seeded_random.word().lower()}.example"
    answer = documented.get("/api/open/thing", headers=asking(origin))
    assert answer.header("access-control-allow-origin") in ("*", origin)
    assert spoken(answer) == "thing"


@must("PLUGIN-8a", kills="plugin_cors_of_what_is_false_unreadable")
def test_a_page_can_read_a_result_that_is_false(documented: Service) -> None:
    origin = f"https://{seeded_random.word().lower()}.example"
    for kind in ("text", "zero", "false", "list", "object", "nothing"):
        for endpoint in ("false", "plainly_false"):
            answer = documented.get(f"/api/open/{endpoint}?kind={kind}", headers=asking(origin))
            assert answer.header("access-control-allow-origin") in ("*", origin), kind


@must("PLUGIN-8b", kills=("plugin_cors_preflight_is_any_options", "plugin_cors_preflight_of_head_is_any_options"))
def test_a_preflight_allows_every_origin_and_the_methods_of_the_path(documented: Service) -> None:
    origin = f"https://{seeded_random.word().lower()}.example"
    for method in ("PUT", "GET", "HEAD"):
        answer = documented.request("OPTIONS", "/api/open/thing", headers=asking(origin, method))
        assert answer.status in range(200, 300)
        assert answer.header("access-control-allow-origin") in ("*", origin)
        methods = listed(answer.header("access-control-allow-methods"))
        assert methods == {"*"} or methods >= {"get", "put"}


@must("PLUGIN-8f", kills="plugin_cors_errors_unreadable")
def test_a_page_of_an_allowed_origin_can_read_answers_and_errors(listing: Service) -> None:
    for origin in (ONE, TWO):
        for query in ("", "?fails=1"):
            answer = listing.get(THING + query, headers=asking(origin))
            assert answer.status == (404 if query else 200)
            granted = grants(answer)
            granted.pop("Allow-Methods", None)  # of which a page knows by the preflight
            assert granted == {"Allow-Origin": origin}
            assert "origin" in varies(answer)


@must("PLUGIN-8f", kills=("plugin_cors_errors_unreadable", "plugin_cors_of_a_head_exposes_nothing"))
def test_an_answer_says_what_else_was_declared(cors: Service) -> None:
    for query, status in (("", 200), ("?fails=missing", 404), ("?fails=value", 500)):
        answer = cors.get(THING + query, headers=asking(TWO))
        head = cors.request("HEAD", THING + query, headers=asking(TWO))
        for each in (answer, head):
            assert each.status == status
            found = grants(each)
            assert listed(found.pop("Expose-Headers", "")) == {"x-total", "x-mark"}
            assert found == {"Allow-Origin": TWO, "Allow-Credentials": "true"}
            assert "origin" in varies(each)


@must("PLUGIN-8f", kills="plugin_cors_of_classes_alone")
def test_the_nearest_cors_counts(listing: Service) -> None:
    word = seeded_random.word().lower()
    opened = listing.request("DELETE", THING, headers=asking(f"https://{word}.example"))
    assert opened.text == "deleted"
    assert grants(opened) == {"Allow-Origin": "*"}
    inner = listing.get("/api/crossed/inner/other", headers=asking(ONE))
    assert inner.header("access-control-allow-origin") == ONE
    assert grants(listing.get("/api/beside", headers=asking(ONE))) == {}


SENT = "/api/crossed/sent"
# Errors that are made before the endpoint runs, or after: query, headers and body.
BESIDE = {
    "no body": ("", [JSON], b""),
    "a body that does not parse": ("", [JSON], b"{"),
    "a body of another type": ("", [("Content-Type", "text/css")], b"a"),
    "a body over the limit": ("", [JSON], b'{"a": %s1}' % (b" " * 2000)),
    "a parameter that does not convert": ("?number=x", [JSON], b'{"a": 1}'),
    "a result that has no JSON": ("?fails=result", [JSON], b"{}"),
    "a header that cannot be sent": ("?fails=header", [JSON], b"{}"),
    "a header of an error that cannot be sent": ("?fails=header%20of%20an%20error", [JSON], b"{}"),
}
ERRORS = range(400, 600)


@must(
    "PLUGIN-8e",
    kills=(
        "plugin_cors_errors_of_the_call_alone",
        "plugin_cors_errors_readable_by_all",
        "plugin_cors_errors_of_errors_unreadable",
    ),
)
def test_an_error_made_outside_of_the_call_has_the_headers_too(cors: Service) -> None:
    late = cors.post("/api/crossed/late", headers=asking(TWO))
    assert late.status in ERRORS
    assert late.header("access-control-allow-origin") == TWO
    for what, (query, headers, body) in BESIDE.items():
        answer = cors.post(SENT + query, headers=[*asking(TWO), *headers], body=body)
        assert answer.status in ERRORS, what
        assert answer.header("access-control-allow-origin") == TWO, what
        assert answer.header("access-control-allow-credentials") == "true", what
        assert "origin" in varies(answer), what
        other = cors.post(
            SENT + query, headers=[*asking(f"https://{seeded_random.word()}.example"), *headers], body=body
        )
        assert other.status in ERRORS, what
        assert grants(other) == {}, what


@must("PLUGIN-8e", kills="plugin_cors_of_what_nothing_answers")
def test_what_nothing_answers_is_below_no_cors(cors: Service) -> None:
    for method, path in (("GET", f"/api/crossed/{seeded_random.word()}"), ("PATCH", THING)):
        answer = cors.request(method, path, headers=asking(TWO))
        assert answer.status in (404, 405)
        assert grants(answer) == {}


@must("PLUGIN-8g", kills="plugin_cors_preflight_is_any_options")
def test_a_preflight_is_answered_as_declared(cors: Service) -> None:
    name = f"x-{seeded_random.word().lower()}"
    preflight = cors.request("OPTIONS", THING, headers=asking(TWO, "PUT"))
    assert preflight.status == 204
    found = grants(preflight)
    assert listed(found.pop("Allow-Methods", "")) - {"options"} == {"get", "head", "put"}
    assert listed(found.pop("Allow-Headers", "")) == {"x-token", "content-type"}
    found.pop("Expose-Headers", None)
    assert found == {"Allow-Origin": TWO, "Allow-Credentials": "true", "Max-Age": "77"}

    asked = asking(f"https://{name}.example", "DELETE", ("Access-Control-Request-Headers", f"{name},x-more"))
    opened = cors.request("OPTIONS", THING, headers=asked)
    assert opened.status == 204
    found = grants(opened)
    assert listed(found.pop("Allow-Methods", "")) == {"delete", "patch"}
    granted = listed(found.pop("Allow-Headers", ""))
    assert granted == {"*"} or granted >= {name, "x-more"}
    assert found == {"Allow-Origin": "*"}


def preflight(service: Service, path: str, method: str, *wanted: str, origin: str = ONE) -> set[str]:
    """The headers that a preflight for a method grants."""
    asked = ("Access-Control-Request-Headers", ",".join(wanted))
    answer = service.request("OPTIONS", f"/api/{path}/thing", headers=asking(origin, method, asked))
    assert answer.status in (200, 204), str(answer)
    return listed(answer.header("access-control-allow-headers"))


@must("API-g11", kills="api_declared_headers_not_granted")
def test_headers_that_are_parameters_are_granted(taking: Service) -> None:
    for _ in range(2):
        granted = preflight(taking, "one", "GET", "x-token", "x-number")
        assert granted == {"*"} or granted >= {"x-token", "x-number"}
        granted = preflight(taking, "any", "POST", "x-token", origin=f"https://{seeded_random.word().lower()}.example")
        assert granted == {"*"} or granted >= {"x-token"}


@must("PLUGIN-8h", kills=("plugin_cors_headers_of_the_endpoint_alone", "plugin_cors_headers_in_place_of_the_allowed"))
def test_headers_of_all_around_the_method_are_granted_beside_the_allowed_ones(taking: Service, around: Service) -> None:
    allowed = {"x-named", "x-token"}
    assert preflight(around, "many", "GET", "x-first") == {"x-first", "x-second", "x-shared", *allowed}
    assert preflight(around, "many", "HEAD", "x-first") == {"x-first", "x-second", "x-shared", *allowed}
    assert preflight(around, "many", "PUT", "x-first") == {"x-shared", "x-hook", *allowed}
    assert preflight(taking, "one", "GET", "x-first") == {"x-token", "x-number", "content-type"}
    assert preflight(around, "none", "GET", "x-first") == {""}


@must("PLUGIN-8h", kills="plugin_cors_headers_beside_the_allowed_alone")
def test_headers_that_are_parameters_are_granted_where_no_others_are_allowed(around: Service) -> None:
    assert preflight(around, "bare", "GET", "x-token") == {"x-token"}


@must(
    "PLUGIN-8h",
    kills=(
        "plugin_cors_headers_of_before_hooks_alone",
        "plugin_cors_headers_without_error_handlers",
        "plugin_cors_headers_of_its_own_class_alone",
    ),
)
def test_headers_of_hooks_of_every_kind_and_class_around_the_method_are_granted(around: Service) -> None:
    outer = {"x-outer-before", "x-outer-after", "x-outer-handle"}
    for _ in range(2):
        granted = preflight(around, "hooked/inner", "GET", "x-before")
        assert granted == {"x-before", "x-after", "x-handle", *outer}
        assert preflight(around, "hooked", "GET", "x-before") == {"x-outer-handle"}


@must("PLUGIN-8c", kills="plugin_cors_any_origin_is_answered")
def test_another_origin_is_refused_before_anything_runs(listing: Service) -> None:
    origins = (
        f"https://{seeded_random.word().lower()}.example",
        f"{ONE}.evil",
        "http://one.example",
        f"{TWO}0",
        "null",
    )
    for origin in origins:
        for method, path in (("GET", f"{THING}?listing=1"), ("PUT", THING), ("GET", f"{THING}?fails=1")):
            for sent, wanted in ((method, None), ("OPTIONS", method)):
                answer = listing.request(sent, path, headers=asking(origin, wanted))
                assert answer.status == 403
                assert grants(answer) == {}


@must("PLUGIN-8c", kills="plugin_cors_any_origin_is_answered")
def test_another_origin_is_granted_no_header_that_is_a_parameter(taking: Service) -> None:
    asked = ("Access-Control-Request-Headers", "x-token")
    origin = f"https://{seeded_random.word().lower()}.example"
    answer = taking.request("OPTIONS", "/api/one/thing", headers=asking(origin, "GET", asked))
    assert answer.status == 403
    assert grants(answer) == {}


@must("PLUGIN-8c", kills="plugin_cors_own_origin_refused")
def test_who_is_of_no_other_origin_is_answered_as_ever(listing: Service) -> None:
    host = f"localhost:{listing.address[1]}"
    for headers in ([], [("Origin", f"http://{host}"), ("Host", host)]):
        answer = listing.get(THING, headers=headers)
        assert answer.status == 200
        assert answer.text == "thing"
        assert answer.header("access-control-allow-origin") is None
    assert grants(listing.request("OPTIONS", THING)) == {}
