"""PLUGIN: hooks of API classes, plugins, and CORS."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from conformance.checks.result import result
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange
from conformance.target.observed import plain_type
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def hooked(target: Target) -> Service:
    """The shared scenario of hooks, plugins and CORS."""
    return target.shared("plugin_hooks")


@pytest.fixture
def cors(target: Target) -> Service:
    """That of all that CORS takes."""
    return target.shared("plugin_cors")


@pytest.fixture
def inheriting(target: Target) -> Service:
    """That of classes that redefine endpoints of their bases."""
    return target.shared("api_overridden_endpoints")


def member(answer: Exchange, name: str) -> Any:
    """The member of the object that is the result."""
    assert answer.status == 200
    return answer.members()[name]


def last(service: Service, name: str = "trace") -> list[Any]:
    """What ran around the last request since it was asked for, or ("seen") what plugins were called with."""
    found: list[Any] = member(service.get("/api/last"), name)
    return found


def trace(service: Service, path: str, **more: Any) -> list[Any]:
    """What runs around a request, in the order in which it does."""
    last(service)
    service.get(path, **more)
    return last(service)


IN = ["trunk every", "trunk branches", "branch first", "branch second"]
OUT = ["branch changed", "branch replaced", "trunk last"]
NAMED = "/api/trunk/branch/named"


# --- before ---


@must("PLUGIN-1a", kills="plugin_star_is_the_class_alone")
def test_hooks_run_before_the_endpoints_that_they_are_given(hooked: Service) -> None:
    expected = {
        (NAMED, "named"): {"trunk every", "trunk branches", "branch first"},
        ("/api/trunk/branch/other", "other"): {"trunk every", "trunk branches"},
        ("/api/trunk/bare", "bare"): {"trunk every"},
        ("/api/alone/named", "named"): {"branch first"},
    }
    for (path, endpoint), hooks in expected.items():
        words = trace(hooked, path)
        assert endpoint in words
        assert {*words[: words.index(endpoint)]} - {"branch second"} == hooks, path


@must("PLUGIN-1a", kills="plugin_star_is_the_class_alone")
def test_every_endpoint_is_that_of_after_and_handle_too(hooked: Service) -> None:
    assert "trunk last" in trace(hooked, "/api/trunk/branch/other")
    assert "trunk last" not in trace(hooked, "/api/alone/named")
    assert handled(hooked.get(f"{FAIL}?kind=missing"), 418)[0] == "outer some"


@must("PLUGIN-1b", kills="plugin_before_inner_first")
def test_before_hooks_of_an_outer_class_run_first(hooked: Service) -> None:
    assert [word for word in trace(hooked, NAMED) if word in IN] == IN


@must("PLUGIN-1c", kills="plugin_instance_for_each_hook")
def test_what_init_sets_is_seen_by_the_hooks_and_the_endpoint_of_the_request(hooked: Service) -> None:
    for _ in range(2):
        last(hooked)
        number = member(hooked.get("/api/prepared/prepared"), "number")
        assert last(hooked) == [number] * 3


@must("PLUGIN-1h", kills="plugin_instance_for_each_hook")
def test_a_hook_and_the_endpoint_of_its_class_have_one_self(hooked: Service) -> None:
    word = seeded_random.word()
    assert member(hooked.get(f"{NAMED}?word={word}"), "word") == [word, 0]
    assert member(hooked.get(NAMED), "word") == ["", 0]


@must("PLUGIN-1d", kills="plugin_before_result_dropped")
def test_what_a_before_hook_returns_is_the_result(hooked: Service) -> None:
    word = seeded_random.word()
    path = f"{NAMED}?word={word}&instead=1"
    assert result(hooked.get(path)) == {"instead": word}
    assert [word for word in trace(hooked, path) if word not in OUT] == IN[:3]


@must("PLUGIN-1d", kills="plugin_before_error_dropped")
def test_what_a_before_hook_raises_is_the_answer(hooked: Service) -> None:
    path = f"{NAMED}?refused=1"
    assert hooked.get(path).status == 403
    assert trace(hooked, path) == IN[:3]


@must("PLUGIN-1e", kills="plugin_head_without_hooks")
def test_head_runs_the_hooks_of_get(hooked: Service) -> None:
    mark = seeded_random.word()
    path = f"{NAMED}?mark={mark}"
    head = hooked.request("HEAD", path)
    assert head.status == 200
    assert head.header("x-mark") == mark
    assert hooked.request("HEAD", f"{path}&refused=1").status == 403


@must("PLUGIN-1f", kills="plugin_undecorated_override_is_no_hook")
def test_hooks_are_inherited_and_replaced_by_name(hooked: Service) -> None:
    assert trace(hooked, "/api/derived/inherited") == ["base kept", "derived overridden", "base inherited"]
    assert trace(hooked, "/api/derived/own") == ["derived replaced", "derived own"]


@must("PLUGIN-1f", kills="plugin_undecorated_override_is_no_hook")
def test_a_hook_on_an_endpoint_is_one_on_its_override(inheriting: Service) -> None:
    expected = ["base hook", "derived hook", "derived endpoint"]
    assert member(inheriting.get("/api/derived/endpoint"), "trace") == expected


@must("PLUGIN-1g", kills="plugin_name_of_an_endpoint_is_any")
def test_a_hook_names_an_endpoint_by_its_name(hooked: Service) -> None:
    assert "branch second" in trace(hooked, NAMED)
    assert "branch second" not in trace(hooked, "/api/trunk/branch/other")


@must("PLUGIN-1i", kills=("plugin_every_endpoint_beside_itself_again", "plugin_every_endpoint_beside_one_alone"))
def test_a_hook_of_every_endpoint_and_of_one_of_them_runs_once(hooked: Service) -> None:
    for endpoint in ("named", "other"):
        path = f"/api/among_all/{endpoint}"
        assert trace(hooked, path) == ["before", endpoint, "after"]
        assert trace(hooked, f"{path}?fails=1") == ["before", endpoint, "handle"]


@must("PLUGIN-1h", kills=("plugin_bare_instance_for_all_requests", "plugin_instance_without_init_for_all_requests"))
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"outer before", "inner before", "endpoint", "outer after"}),
        ("&fails=1", {"outer before", "inner handle", "outer handle"}),
    ],
    ids=["made", "whose init fails"],
)
def test_no_hook_has_the_self_of_another_request(hooked: Service, query: str, names: set[str]) -> None:
    for _ in range(2):
        word = seeded_random.word()
        last(hooked)
        hooked.get(f"/api/fresh/inner/endpoint?word={word}{query}")
        found = last(hooked, "seen")
        assert {name for name, _, _ in found} >= names
        assert [each for each in found if each[1] not in (None, word) or each[2] != word] == []


# --- after ---


@must("PLUGIN-2a", kills="plugin_after_result_dropped")
def test_an_after_hook_changes_the_response_or_replaces_it(hooked: Service) -> None:
    word, mark = seeded_random.word(), seeded_random.word()
    for more in ("", "&returned=1"):
        changed = hooked.get(f"{NAMED}?word={word}&mark={mark}{more}")
        assert changed.header("x-mark") == mark
        assert member(changed, "word") == [word, 0]
    replaced = result(hooked.get(f"{NAMED}?replaced=1&word={word}"))
    assert replaced == {"replaced": word, "status": 200}


@must("PLUGIN-2b", kills="plugin_after_outer_first")
def test_after_hooks_of_an_inner_class_run_first(hooked: Service) -> None:
    assert [word for word in trace(hooked, NAMED) if word in OUT] == OUT


@must("PLUGIN-2b", kills="plugin_after_an_error")
def test_no_after_hook_runs_after_an_error(hooked: Service) -> None:
    mark = seeded_random.word()
    assert [word for word in trace(hooked, f"{NAMED}?fails=1&mark={mark}") if word in OUT] == []
    assert [word for word in trace(hooked, f"{NAMED}?after-fails=1") if word in OUT] == OUT[:1]
    handled = hooked.get(f"{FAIL}?kind=key")
    assert handled.status == 200
    assert handled.header("x-after") is None


@must("PLUGIN-2c", kills="plugin_results_of_hooks_without_template")
def test_what_hooks_return_is_put_into_the_nearest_template(hooked: Service) -> None:
    word = seeded_random.word()
    path = f"/api/shaped/shaped?word={word}"
    expected = {
        path: ("data", word),
        f"{path}&instead=1": ("data", "instead"),
        f"{path}&replaced=1": ("data", "replaced"),
        f"{path}&listed=1": ("items", [word]),
        f"{path}&fails=1": ("data", "handled"),
    }
    for asked, (name, value) in expected.items():
        assert member(hooked.get(asked), name) == value
    assert member(hooked.get(path), "reason") == f"seen {word}"


# --- handle ---


def handled(answer: Exchange, status: int = 200) -> list[Any]:
    """What a handler knows of an error: its name, the error's type and status, whether it has the exception, its
    message, and whether it is an Error."""
    assert answer.status == status
    found: list[Any] = answer.json()
    assert plain_type(found) is list, str(answer)
    assert len(found) == 6
    return found


FAIL = "/api/failures/inner/fail"
PLAIN = "/api/failures/inner/plain"


@must("PLUGIN-3a", kills=("plugin_errors_of_hooks_unhandled", "plugin_handler_of_any_type"))
def test_a_handler_gets_the_error_of_its_types_and_answers(hooked: Service) -> None:
    assert handled(hooked.get(f"{FAIL}?kind=index"))[0] == "inner lookups"
    assert handled(hooked.get(f"{FAIL}?kind=missing"), 418)[0] == "outer some"
    assert handled(hooked.get("/api/failures/inner/guarded"))[0] == "inner lookups"
    assert handled(hooked.get("/api/failures/inner/divided"))[0] == "inner division"
    assert hooked.get(f"{FAIL}?kind=zero").status == 500


@must("PLUGIN-3d", kills="plugin_handler_without_types_is_of_value_errors")
def test_a_handler_without_types_gets_any_error(hooked: Service) -> None:
    assert handled(hooked.get(f"{PLAIN}?kind=type"))[0] == "outer naming"
    assert handled(hooked.get(PLAIN))[0] == "outer naming"


@must("PLUGIN-4", kills="plugin_error_is_a_500")
def test_an_error_has_exception_type_and_status(hooked: Service) -> None:
    assert handled(hooked.get(f"{FAIL}?kind=index"))[1:4] == ["IndexError", 500, True]
    assert handled(hooked.get(f"{FAIL}?kind=missing"), 418)[1:4] == ["NotFound", 404, True]


@must("PLUGIN-4b", kills="plugin_error_message_is_the_repr")
def test_an_error_has_a_message_and_is_an_error_of_the_api(hooked: Service) -> None:
    assert handled(hooked.get(f"{FAIL}?kind=index"))[4:] == ["because", True]
    assert handled(hooked.get(f"{FAIL}?kind=missing"), 418)[4:] == ["because", True]


@must("PLUGIN-4b", kills="plugin_error_of_a_handler_is_the_answer")
def test_a_handler_raises_the_error_again(hooked: Service) -> None:
    assert handled(hooked.get(f"{FAIL}?kind=key&then=throw"))[:2] == ["inner lookups", "KeyError"]


@must("PLUGIN-3b", kills="plugin_first_handler_wins")
def test_the_nearest_handler_answers(hooked: Service) -> None:
    assert handled(hooked.get(f"{FAIL}?kind=key"))[0] == "inner keys"
    assert handled(hooked.get(f"{FAIL}?kind=index"))[0] == "inner lookups"
    assert handled(hooked.get(f"{FAIL}?kind=value"), 418)[0] == "outer some"
    assert handled(hooked.get(f"{PLAIN}?kind=type"))[0] == "outer naming"
    assert handled(hooked.get(f"{PLAIN}?kind=value"))[0] == "outer naming"


@must(
    "PLUGIN-3b",
    kills=("plugin_handler_by_its_first_type", "plugin_handler_by_its_last_type", "plugin_handler_by_its_widest_type"),
)
def test_of_the_types_of_a_handler_the_most_specific_counts(hooked: Service) -> None:
    for kind, handler in (("reset", "general first"), ("refused", "connections"), ("pipe", "general last")):
        assert handled(hooked.get(f"{FAIL}?kind={kind}"))[0] == f"inner {handler}"


@must("PLUGIN-3c", kills="plugin_error_of_a_handler_is_the_answer")
def test_a_handler_leaves_an_error_or_replaces_it(hooked: Service) -> None:
    assert handled(hooked.get(f"{FAIL}?kind=key&then=leave"))[:2] == ["inner lookups", "KeyError"]
    assert handled(hooked.get(f"{FAIL}?kind=key&then=replace"), 418)[:2] == ["outer some", "ValueError"]


# --- parameters, kinds, declarations ---


@must("PLUGIN-5", kills="plugin_hook_parameters_are_their_defaults")
def test_hooks_take_parameters_of_their_own(hooked: Service) -> None:
    before, after, handle = (1 + seeded_random.below(9000) for _ in range(3))
    headers = [("X-Before", str(before)), ("X-After", str(after)), ("X-Handle", str(handle))]
    assert trace(hooked, "/api/taking/taken", headers=headers) == [["before", before], "taken", ["after", after]]
    assert ["handle", handle] in trace(hooked, "/api/taking/taken?fails=1", headers=headers)


@must("PLUGIN-5", kills=("plugin_hook_parameters_of_the_path_dropped", "plugin_hook_parameters_of_the_query_dropped"))
def test_parameters_of_hooks_are_of_every_place(hooked: Service) -> None:
    drawn = [1 + seeded_random.below(9000) for _ in range(4)]
    for values in (drawn, [0, 0, 0, 0]):
        number, size, kind, amount = values
        asked = {"headers": [("Cookie", f"kind={kind}")], "json": {"amount": amount}}
        for query, then in (("", "after"), ("&fails=1", "handle")):
            last(hooked)
            hooked.post(f"/api/taking/placed/{number}?size={size}{query}", **asked)
            assert last(hooked) == [["before", *values], [then, *values]]


@must("PLUGIN-5b", kills="plugin_after_hook_parameters_bound_late")
@pytest.mark.parametrize("name", ["X-Before", "X-After"])
def test_an_endpoint_does_not_run_where_parameters_of_its_hooks_do_not_convert(hooked: Service, name: str) -> None:
    last(hooked)
    refused = hooked.get("/api/taking/taken", headers=[(name, f"w{seeded_random.word()}")])
    assert refused.status == 422
    assert name.lower() in refused.text.lower()
    assert "taken" not in last(hooked)


@must("PLUGIN-5b", kills="plugin_handler_parameters_are_not_looked_at")
def test_parameters_of_a_handler_are_bound_when_it_is_asked(hooked: Service) -> None:
    headers = [("X-Handle", f"w{seeded_random.word()}")]
    assert hooked.get("/api/taking/taken", headers=headers).status == 200
    refused = hooked.get("/api/taking/taken?fails=1", headers=headers)
    assert refused.status == 422
    assert "x-handle" in refused.text.lower()


def on_the_loop(service: Service, path: str) -> dict[str, bool]:
    """Whether each function around an endpoint, and itself, runs on the event loop."""
    return dict(trace(service, path))


@must("PLUGIN-6a", kills="plugin_async_hooks_not_awaited")
def test_async_def_hooks_are_awaited(hooked: Service) -> None:
    assert "awaited before" in on_the_loop(hooked, "/api/mixed/plain")
    assert "awaited after" in on_the_loop(hooked, "/api/mixed/awaited")


@must("PLUGIN-6c", kills="plugin_plain_hook_on_the_loop")
def test_plain_and_async_def_functions_go_together(hooked: Service) -> None:
    after = {"plain after": False, "awaited after": True}
    awaited = {"plain plugin": False, "plain before": False, "awaited": True, **after}
    assert on_the_loop(hooked, "/api/mixed/awaited") == awaited
    plain = {"awaited plugin": True, "awaited before": True, "plain": False, **after}
    assert on_the_loop(hooked, "/api/mixed/plain") == plain


def refusals(target: Target, kind: str, cases: tuple[str, ...]) -> dict[str, tuple[str, str, str]]:
    """For each case the message of the refusal, and the names of class and function that it is about."""
    owner, name = f"{seeded_random.word().title()}API", seeded_random.word()
    found = target.probe(
        "plugin_invalid_declarations", "refusals", kind=kind, cases=cases, owner=owner, name=name
    ).value
    assert [case for case in cases if found[case] is None] == []
    return {case: (found[case], owner, name) for case in cases}


@must("PLUGIN-6b", kills="plugin_async_hook_in_a_synchronous_service")
def test_an_async_def_around_an_endpoint_is_refused_when_the_application_is_built(target: Target) -> None:
    cases = ("before", "after", "handle", "process_request", "process_response", "handle_error")
    for case, (message, _, name) in refusals(target, "the other kind", cases).items():
        assert name in message, case
        assert "asynchronous" in message, case


@must("PLUGIN-7", kills="plugin_hook_around_nothing")
def test_a_hook_around_nothing_is_refused_when_the_application_is_built(target: Target) -> None:
    cases = (
        "a name",
        "a function of another class",
        "another class",
        "a function that is no endpoint",
        "the name of a mounted class's endpoint",
        "a class without endpoints",
        "CORS of what is no endpoint",
        "no target of a handler",
        "no target before",
        "no target after",
    )
    for case, (message, owner, name) in refusals(target, "nothing", cases).items():
        assert owner in message, case
        assert name in message, case


@must("PLUGIN-8d", kills="plugin_cors_credentials_of_every_origin")
def test_credentials_of_every_origin_are_refused(target: Target) -> None:
    found = refusals(target, "every origin", ("class", "endpoint"))
    assert found["class"][1] in found["class"][0]
    assert found["endpoint"][2] in found["endpoint"][0]


# --- CORS ---

THING = "/api/crossed/thing"  # of plugin_hooks.py and of plugin_cors.py
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


def varies(answer: Exchange) -> set[str]:
    return {word.strip().lower() for word in (answer.header("vary") or "").split(",")} - {""}


def listed(text: str | None) -> set[str]:
    return {word.strip().lower() for word in (text or "").split(",")}


@must("PLUGIN-8a", kills="plugin_cors_of_every_origin_allows_none")
def test_a_page_of_any_origin_can_read_what_allows_every_origin(hooked: Service) -> None:
    origin = f"https://{seeded_random.word().lower()}.example"
    answer = hooked.get("/api/open/thing", headers=asking(origin))
    assert answer.header("access-control-allow-origin") in ("*", origin)
    assert answer.text == "thing"


@must("PLUGIN-8a", kills="plugin_cors_of_what_is_false_unreadable")
def test_a_page_can_read_a_result_that_is_false(hooked: Service) -> None:
    origin = f"https://{seeded_random.word().lower()}.example"
    for kind in ("text", "zero", "false", "list", "object", "nothing"):
        for endpoint in ("false", "plainly_false"):
            answer = hooked.get(f"/api/open/{endpoint}?kind={kind}", headers=asking(origin))
            assert answer.header("access-control-allow-origin") in ("*", origin), kind


@must("PLUGIN-8b", kills=("plugin_cors_preflight_is_any_options", "plugin_cors_preflight_of_head_is_any_options"))
def test_a_preflight_allows_every_origin_and_the_methods_of_the_path(hooked: Service) -> None:
    origin = f"https://{seeded_random.word().lower()}.example"
    for method in ("PUT", "GET", "HEAD"):
        answer = hooked.request("OPTIONS", "/api/open/thing", headers=asking(origin, method))
        assert answer.status in range(200, 300)
        assert answer.header("access-control-allow-origin") in ("*", origin)
        methods = listed(answer.header("access-control-allow-methods"))
        assert methods == {"*"} or methods >= {"get", "put"}


@must("PLUGIN-8f", kills="plugin_cors_errors_unreadable")
def test_a_page_of_an_allowed_origin_can_read_answers_and_errors(hooked: Service) -> None:
    for origin in (ONE, TWO):
        for query in ("", "?fails=1"):
            answer = hooked.get(THING + query, headers=asking(origin))
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
def test_the_nearest_cors_counts(hooked: Service) -> None:
    word = seeded_random.word().lower()
    opened = hooked.request("DELETE", THING, headers=asking(f"https://{word}.example"))
    assert opened.text == "deleted"
    assert grants(opened) == {"Allow-Origin": "*"}
    inner = hooked.get("/api/crossed/inner/other", headers=asking(ONE))
    assert inner.header("access-control-allow-origin") == ONE
    assert grants(hooked.get("/api/trunk/bare", headers=asking(ONE))) == {}


JSON = ("Content-Type", "application/json")
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


@must("PLUGIN-8c", kills="plugin_cors_any_origin_is_answered")
def test_another_origin_is_refused_before_anything_runs(hooked: Service) -> None:
    origins = (
        f"https://{seeded_random.word().lower()}.example",
        f"{ONE}.evil",
        "http://one.example",
        f"{TWO}0",
        "null",
    )
    for origin in origins:
        for method, path in (("GET", f"{THING}?hooked=1"), ("PUT", THING), ("GET", f"{THING}?fails=1")):
            for sent, wanted in ((method, None), ("OPTIONS", method)):
                answer = hooked.request(sent, path, headers=asking(origin, wanted))
                assert answer.status == 403
                assert grants(answer) == {}


@must("PLUGIN-8c", kills="plugin_cors_own_origin_refused")
def test_who_is_of_no_other_origin_is_answered_as_ever(hooked: Service) -> None:
    host = f"localhost:{hooked.address[1]}"
    for headers in ([], [("Origin", f"http://{host}"), ("Host", host)]):
        answer = hooked.get(THING, headers=headers)
        assert answer.status == 200
        assert answer.text == "thing"
        assert answer.header("access-control-allow-origin") is None
    assert grants(hooked.request("OPTIONS", THING)) == {}


# --- plugins ---

END = "/api/plugins/inner/end"
IN_PLUGINS = ["outer request", "class request", "endpoint request"]
OUT_PLUGINS = ["endpoint response", "class response", "outer response"]


def plugged(service: Service, path: str) -> tuple[str, list[str]]:
    """The text of an answer, and what ran around it."""
    last(service)
    answer = service.get(path)
    assert answer.status == 200
    return answer.text, last(service)


def noted(service: Service, path: str) -> list[str]:
    """What plugins are called for a request, in alphabetic order."""
    last(service)
    service.get(path)
    return sorted(name for name, _ in last(service, "seen"))


@must("PLUGIN-9a", kills="plugin_errors_are_for_hooks_alone")
def test_plugins_are_called_for_what_they_decorate(hooked: Service) -> None:
    assert noted(hooked, "/api/watched/end") == ["class request", "class response", "noting request"]
    assert noted(hooked, "/api/watched/below/end") == ["class request", "class response"]
    failed = noted(hooked, "/api/watched/end?fails=1")
    assert "class error" in failed
    assert noted(hooked, "/api/open/thing") == []


@must("PLUGIN-9c", kills="plugin_responses_of_no_request")
def test_a_response_and_an_error_have_their_request(hooked: Service) -> None:
    word = seeded_random.word()
    for path, name in (("end?", "class response"), ("end?fails=1&", "class error")):
        last(hooked)
        hooked.get(f"/api/watched/{path}word={word}")
        urls = dict(last(hooked, "seen"))
        assert name in urls
        assert urls[name].endswith(f"word={word}")


SAME = {
    "endpoint": "alone?",
    "an exception": "fails?",
    "endpoint with hooks": "hooked?",
    "plugin": "hooked?by=plugin&",
    "before": "hooked?by=before&",
    "after": "hooked?by=after&",
    "handler": "hooked?by=handler&",
}


@must("PLUGIN-9c", kills="plugin_kept_response_of_its_first_request")
def test_what_is_answered_again_has_the_request_that_it_answers(hooked: Service) -> None:
    for kept, path in [*SAME.items()] * 2:
        word = seeded_random.word()
        last(hooked)
        hooked.get(f"/api/same/{path}word={word}")
        urls = dict(last(hooked, "seen"))
        name = "class error" if kept == "an exception" else "class response"
        assert name in urls, kept
        assert urls[name].endswith(f"word={word}"), kept


@must("PLUGIN-9c", kills="plugin_kept_response_of_its_last_request")
def test_what_is_answered_twice_at_once_has_each_its_request(hooked: Service) -> None:
    for kept, path in SAME.items():
        if kept != "an exception":
            meeting, words = seeded_random.word(), [seeded_random.word() for _ in range(2)]
            last(hooked)
            with ThreadPoolExecutor(2) as pool:
                asked = [f"/api/same/{path}meeting={meeting}&word={word}" for word in words]
                assert [answer.status for answer in pool.map(hooked.get, asked)] == [200, 200], kept
            urls = [url for name, url in last(hooked, "seen") if name == "class response"]
            assert sorted(url.rpartition("=")[2] for url in urls) == sorted(words), kept


@must("PLUGIN-9d", kills="plugin_inner_plugin_first")
def test_plugins_are_around_each_other(hooked: Service) -> None:
    assert trace(hooked, END) == [*IN_PLUGINS, "end", *OUT_PLUGINS]
    assert trace(hooked, "/api/plugins/inner/beside") == [*IN_PLUGINS[:2], *OUT_PLUGINS[1:]]
    words = trace(hooked, f"{END}?fails=1")
    assert words[: len(IN_PLUGINS) + 4] == [*IN_PLUGINS, "end", "endpoint error", "class error", "outer error"]


@must("PLUGIN-9b", kills="plugin_errors_are_for_hooks_alone")
def test_a_plugin_answers_for_an_error_that_no_handler_took(hooked: Service) -> None:
    text, words = plugged(hooked, f"{END}?fails=1&class-handles=1&outer-handles=1")
    assert text == "handled by class"
    assert "outer error" not in words
    text, words = plugged(hooked, f"{END}?fails=1&hook-handles=1&endpoint-handles=1")
    assert text == "handled by hook"
    assert "endpoint error" not in words
    assert hooked.get(f"{END}?fails=1").status == 404


@must("PLUGIN-9b", kills="plugin_answer_of_a_plugin_dropped")
def test_a_plugin_answers_and_replaces(hooked: Service) -> None:
    text, words = plugged(hooked, f"{END}?class-answers=1")
    assert text == "answered by class"
    assert [word for word in words if word in ("endpoint request", "end")] == []
    assert hooked.get(f"{END}?class-replaces=1").text == "replaced by class"


@must("PLUGIN-9e", kills="plugin_context_of_the_process")
def test_what_a_request_keeps_is_its_own(hooked: Service) -> None:
    for _ in range(2):
        assert result(hooked.get("/api/kept/kept")) == {"kept": ["plugin", "endpoint"]}


@must("PLUGIN-10", kills="plugin_routing_errors_handled")
def test_what_nothing_answers_is_no_error_of_a_hook(hooked: Service) -> None:
    assert hooked.get(f"/api/failures/inner/{seeded_random.word()}").status in (404, 405)
    assert hooked.post("/api/failures/inner/guarded").status in (404, 405)
    asked = f"/api/plugins/inner/{seeded_random.word()}?outer-handles=1&class-handles=1"
    assert hooked.get(asked).status in (404, 405)
