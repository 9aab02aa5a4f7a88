"""PLUGIN: hooks of API classes, plugins, and CORS."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.problem import allowed, errors, problem
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange
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
    assert answer.status == 200, str(answer)
    return answer.members()[name]


def trace(answer: Exchange) -> Any:
    """What ran around an endpoint, in the order in which it did."""
    return member(answer, "trace")


IN = ["trunk every", "trunk branches", "branch first", "branch second"]
OUT = ["branch changed", "branch replaced", "trunk last"]


# --- before ---


@must("PLUGIN-1a", "PLUGIN-1b", kills="plugin_star_is_the_class_alone")
def test_hooks_run_before_the_endpoints_that_they_name_outer_ones_first(hooked: Service) -> None:
    assert trace(hooked.get("/api/trunk/branch/named")) == [*IN, "named", *OUT]
    assert trace(hooked.get("/api/trunk/branch/other")) == [*IN[:2], "other", "trunk last"]
    assert trace(hooked.get("/api/trunk/bare")) == ["trunk every", "bare", "trunk last"]
    assert trace(hooked.get("/api/alone/named")) == [*IN[2:], "named", *OUT[:2]]


@must("PLUGIN-1c", kills="plugin_instance_for_each_hook")
def test_a_hook_and_the_endpoint_of_its_class_have_one_self(hooked: Service) -> None:
    word = seeded_random.word()
    assert member(hooked.get(f"/api/trunk/branch/named?word={word}"), "word") == [word, 0]
    assert member(hooked.get("/api/trunk/branch/named"), "word") == ["", 0]


@must("PLUGIN-1d", kills="plugin_before_result_dropped")
def test_what_a_before_hook_returns_or_raises_is_the_answer(hooked: Service) -> None:
    word = seeded_random.word()
    path = f"/api/trunk/branch/named?word={word}"
    assert result(hooked.get(f"{path}&instead=1")) == {"instead": word, "trace": [*IN[:3], *OUT]}
    assert problem(hooked.get(f"{path}&refused=1"), 403)["detail"] == word


@must("PLUGIN-1e", kills="plugin_head_without_hooks")
def test_head_runs_the_hooks_of_get(hooked: Service) -> None:
    mark = seeded_random.word()
    path = f"/api/trunk/branch/named?mark={mark}"
    head, get = hooked.request("HEAD", path), hooked.get(path)
    assert (head.status, head.header("x-mark"), head.body) == (200, mark, b""), str(head)
    assert head.header("content-length") in (None, str(len(get.body))), str(head)
    assert hooked.request("HEAD", f"{path}&refused=1").status == 403


@must("PLUGIN-1f", kills="plugin_undecorated_override_is_no_hook")
def test_hooks_are_inherited_and_replaced_by_name(hooked: Service) -> None:
    assert trace(hooked.get("/api/derived/inherited")) == ["base kept", "derived overridden", "base inherited"]
    assert trace(hooked.get("/api/derived/own")) == ["derived replaced", "derived own"]


@must("PLUGIN-1f", kills="plugin_undecorated_override_is_no_hook")
def test_a_hook_on_an_endpoint_is_one_on_its_override(inheriting: Service) -> None:
    assert trace(inheriting.get("/api/derived/endpoint")) == ["base hook", "derived hook", "derived endpoint"]


# --- after ---


@must("PLUGIN-2a", kills="plugin_after_result_dropped")
def test_an_after_hook_changes_the_response_or_replaces_it(hooked: Service) -> None:
    word, mark = seeded_random.word(), seeded_random.word()
    changed = hooked.get(f"/api/trunk/branch/named?word={word}&mark={mark}")
    assert changed.header("x-mark") == mark, str(changed)
    assert member(changed, "word") == [word, 0]
    replaced = result(hooked.get(f"/api/trunk/branch/named?word={word}&replaced=1"))
    assert replaced == {"word": [word, 0], "status": 200, "trace": [*IN, "named", *OUT]}


@must("PLUGIN-2b", kills="plugin_after_outer_first")
def test_after_hooks_of_an_inner_class_run_first(hooked: Service) -> None:
    assert trace(hooked.get("/api/trunk/branch/named")) == [*IN, "named", *OUT]


@must("PLUGIN-2a", "PLUGIN-2b", kills="plugin_after_an_error")
def test_no_after_hook_runs_after_an_error(hooked: Service) -> None:
    mark = seeded_random.word()
    failed = hooked.get(f"/api/trunk/branch/named?fails=1&mark={mark}")
    assert problem(failed, 404)["detail"] == "because"
    assert failed.header("x-mark") is None, str(failed)
    assert problem(hooked.get("/api/trunk/branch/named?after-fails=1"), 403)["detail"] == "after"
    handled = hooked.get("/api/failures/inner/fail?kind=key")
    assert (handled.status, handled.header("x-after")) == (200, None), str(handled)


@must("PLUGIN-2c", kills="plugin_results_of_hooks_without_template")
def test_what_hooks_return_is_put_into_the_nearest_template(hooked: Service) -> None:
    word = seeded_random.word()
    path = f"/api/shaped/shaped?word={word}"
    expected = {
        path: {"data": word, "reason": f"seen {word}"},
        f"{path}&instead=1": {"data": "instead", "reason": "seen instead"},
        f"{path}&replaced=1": {"data": "replaced", "reason": None},
        f"{path}&listed=1": {"items": [word]},
        f"{path}&fails=1": {"data": "handled", "reason": None},
    }
    assert {asked: result(hooked.get(asked)) for asked in expected} == expected


# --- handle ---


def handled(answer: Exchange, status: int = 200) -> list[Any]:
    assert answer.status == status, str(answer)
    found = answer.json()
    assert isinstance(found, list), str(answer)
    assert len(found) == 6, str(answer)
    return found


FAIL = "/api/failures/inner/fail"


@must("PLUGIN-3a", kills="plugin_errors_of_hooks_unhandled")
def test_a_handler_gets_the_error_of_its_types_and_answers(hooked: Service) -> None:
    assert handled(hooked.get(f"{FAIL}?kind=index"))[:2] == ["inner lookups", "IndexError"]
    assert handled(hooked.get(f"{FAIL}?kind=missing"), 418)[:2] == ["outer some", "NotFound"]
    assert handled(hooked.get("/api/failures/inner/guarded"))[:2] == ["inner lookups", "IndexError"]
    assert handled(hooked.get("/api/failures/inner/plain"))[0] == "outer naming"
    assert ("query", "number") in errors(hooked.get(f"{FAIL}?kind=key&number=x"))


@must("PLUGIN-4", kills="plugin_error_message_is_the_repr")
def test_an_error_tells_exception_type_status_and_message(hooked: Service) -> None:
    told = {"inner lookups": ["IndexError", 500, "because", True], "outer some": ["NotFound", 404, "because", True]}
    assert handled(hooked.get(f"{FAIL}?kind=index")) == ["inner lookups", *told["inner lookups"], True]
    assert handled(hooked.get(f"{FAIL}?kind=missing"), 418) == ["outer some", *told["outer some"], True]
    name, kind, status, _, of_its_arguments, is_error = handled(hooked.get("/api/failures/inner/plain"))
    assert [name, kind, status] == ["outer naming", "UnprocessableEntity", 422]
    assert (of_its_arguments, is_error) == (False, True)


@must("PLUGIN-3b", kills="plugin_first_handler_wins")
def test_the_nearest_handler_answers(hooked: Service) -> None:
    assert handled(hooked.get(f"{FAIL}?kind=key"))[0] == "inner keys"
    assert handled(hooked.get(f"{FAIL}?kind=index"))[0] == "inner lookups"
    assert handled(hooked.get(f"{FAIL}?kind=value"), 418)[0] == "outer some"
    assert handled(hooked.get("/api/failures/inner/plain?kind=type"))[0] == "outer naming"
    assert handled(hooked.get("/api/failures/inner/plain?kind=value"))[0] == "outer naming"


@must("PLUGIN-3c", "PLUGIN-4", kills="plugin_error_of_a_handler_is_the_answer")
def test_a_handler_leaves_an_error_or_replaces_it(hooked: Service) -> None:
    assert handled(hooked.get(f"{FAIL}?kind=key&then=leave"))[:2] == ["inner lookups", "KeyError"]
    assert handled(hooked.get(f"{FAIL}?kind=key&then=throw"))[:2] == ["inner lookups", "KeyError"]
    assert handled(hooked.get(f"{FAIL}?kind=key&then=replace"), 418)[:2] == ["outer some", "ValueError"]


# --- parameters, kinds, declarations ---


@must("PLUGIN-5", kills="plugin_hook_parameters_are_their_defaults")
def test_hooks_take_parameters_of_their_own(hooked: Service) -> None:
    word, size = f"w{seeded_random.word()}", 17
    path = f"/api/trunk/branch/named?word={word}"
    assert member(hooked.get(path, headers=[("X-Size", str(size))]), "word") == [word, size]
    assert errors(hooked.get(path, headers=[("X-Size", word)])) == {("header", "X-Size")}


@must("PLUGIN-6a", kills="plugin_plain_hook_on_the_loop")
def test_plain_and_async_def_functions_go_together(hooked: Service) -> None:
    after = [["plain after", False], ["awaited after", True]]
    awaited = [["plain plugin", False], ["plain before", False], ["awaited", True], *after]
    assert result(hooked.get("/api/mixed/awaited")) == awaited
    assert result(hooked.get("/api/mixed/plain")) == [["awaited before", True], ["plain", False], *after]


def refusals(target: Target, kind: str, cases: tuple[str, ...]) -> dict[str, tuple[str, str, str]]:
    """For each case the message of the refusal, and the names of class and function that it is about."""
    owner, name = f"{seeded_random.word().title()}API", seeded_random.word()
    found = target.probe(
        "plugin_invalid_declarations", "refusals", kind=kind, cases=cases, owner=owner, name=name
    ).value
    assert [case for case in cases if found[case] is None] == [], "built all the same"
    return {case: (found[case], owner, name) for case in cases}


@must("PLUGIN-6b", kills="plugin_async_hook_in_a_synchronous_service")
def test_an_async_def_around_an_endpoint_is_refused_when_the_application_is_built(target: Target) -> None:
    cases = ("before", "after", "handle", "process_request", "process_response", "handle_error")
    for case, (message, _, name) in refusals(target, "the other kind", cases).items():
        assert name in message, f"{case}: {message}"
        assert "asynchronous=True" in message, f"{case}: it does not say what to set: {message}"


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
        assert owner in message, f"{case}: {message}"
        assert name in message, f"{case}: {message}"


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


def said_thing(answer: Exchange) -> bool:
    """Whether the endpoint at THING has answered."""
    return (answer.status, answer.text) == (200, "thing")


def varies(answer: Exchange) -> set[str]:
    return {word.strip().lower() for word in (answer.header("vary") or "").split(",")} - {""}


def listed(text: str | None) -> set[str]:
    return {word.strip().lower() for word in (text or "").split(",")}


@must("PLUGIN-8a", kills="plugin_cors_errors_unreadable")
def test_a_page_of_an_allowed_origin_can_read_answers_and_errors(hooked: Service) -> None:
    for origin in (ONE, TWO):
        for query in ("", "?fails=1"):
            answer = hooked.get(THING + query, headers=asking(origin))
            assert said_thing(answer) if not query else problem(answer, 404)
            granted = grants(answer)
            granted.pop("Allow-Methods", None)  # of which a page knows by the preflight
            assert granted == {"Allow-Origin": origin}, str(answer)
            assert "origin" in varies(answer), str(answer)


@must("PLUGIN-8a", kills=("plugin_cors_errors_unreadable", "plugin_cors_of_a_head_exposes_nothing"))
def test_an_answer_says_what_else_was_declared(cors: Service) -> None:
    for query, status in (("", 200), ("?fails=missing", 404), ("?fails=value", 500)):
        answer = cors.get(THING + query, headers=asking(TWO))
        assert said_thing(answer) if status == 200 else problem(answer, status)
        head = cors.request("HEAD", THING + query, headers=asking(TWO))
        assert head.status == status, str(head)
        for each in (answer, head):
            found = grants(each)
            assert listed(found.pop("Expose-Headers", "")) == {"x-total", "x-mark"}, str(each)
            assert found == {"Allow-Origin": TWO, "Allow-Credentials": "true"}, str(each)
            assert "origin" in varies(each), str(each)


@must("PLUGIN-8a", kills="plugin_cors_of_classes_alone")
def test_the_nearest_cors_counts(hooked: Service) -> None:
    word = seeded_random.word().lower()
    opened = hooked.request("DELETE", THING, headers=asking(f"https://{word}.example"))
    assert (opened.status, opened.text) == (200, "deleted"), str(opened)
    assert grants(opened) == {"Allow-Origin": "*"}, str(opened)
    assert grants(hooked.get("/api/crossed/inner/other", headers=asking(ONE)))["Allow-Origin"] == ONE
    assert grants(hooked.get("/api/trunk/bare", headers=asking(ONE))) == {}


JSON = ("Content-Type", "application/json")
SENT = "/api/crossed/sent"
# Errors that are made before the endpoint runs, or after: status, query, headers and body.
BESIDE = {
    "no body": (422, "", [JSON], b""),
    "a body that does not parse": (400, "", [JSON], b"{"),
    "a body of another type": (415, "", [("Content-Type", "text/css")], b"a"),
    "a body over the limit": (413, "", [JSON], b'{"a": %s1}' % (b" " * 2000)),
    "a parameter that does not convert": (422, "?number=x", [JSON], b'{"a": 1}'),
    "a result that has no JSON": (500, "?fails=result", [JSON], b"{}"),
    "a header that cannot be sent": (500, "?fails=header", [JSON], b"{}"),
    "a header of an error that cannot be sent": (500, "?fails=header%20of%20an%20error", [JSON], b"{}"),
}


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
    problem(late, 503)
    assert grants(late).get("Allow-Origin") == TWO, str(late)
    for what, (status, query, headers, body) in BESIDE.items():
        answer = cors.post(SENT + query, headers=[*asking(TWO), *headers], body=body)
        problem(answer, status)
        granted = grants(answer)
        assert (granted.get("Allow-Origin"), granted.get("Allow-Credentials")) == (TWO, "true"), f"{what}\n{answer}"
        assert "origin" in varies(answer), f"{what}\n{answer}"
        other = cors.post(
            SENT + query, headers=[*asking(f"https://{seeded_random.word()}.example"), *headers], body=body
        )
        assert other.status in (status, 403), f"{what}\n{other}"
        assert grants(other) == {}, f"{what}\n{other}"


@must("PLUGIN-8e", kills="plugin_cors_of_what_nothing_answers")
def test_what_nothing_answers_is_below_no_cors(cors: Service) -> None:
    for method, path, status in (("GET", f"/api/crossed/{seeded_random.word()}", 404), ("PATCH", THING, 405)):
        answer = cors.request(method, path, headers=asking(TWO))
        problem(answer, status)
        assert grants(answer) == {}, str(answer)


@must("PLUGIN-8b", kills="plugin_cors_preflight_is_any_options")
def test_a_preflight_is_answered_as_declared(cors: Service) -> None:
    name = f"x-{seeded_random.word().lower()}"
    preflight = cors.request("OPTIONS", THING, headers=asking(TWO, "PUT"))
    assert (preflight.status, preflight.body) == (204, b""), str(preflight)
    assert allowed(preflight) == {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"}
    assert "origin" in varies(preflight), str(preflight)
    found = grants(preflight)
    assert listed(found.pop("Allow-Methods", "")) - {"options"} == {"get", "head", "put"}, str(preflight)
    assert listed(found.pop("Allow-Headers", "")) == {"x-token", "content-type"}, str(preflight)
    found.pop("Expose-Headers", None)
    assert found == {"Allow-Origin": TWO, "Allow-Credentials": "true", "Max-Age": "77"}, str(preflight)

    asked = asking(f"https://{name}.example", "DELETE", ("Access-Control-Request-Headers", f"{name},x-more"))
    opened = cors.request("OPTIONS", THING, headers=asked)
    assert opened.status == 204, str(opened)
    found = grants(opened)
    assert listed(found.pop("Allow-Methods", "")) == {"delete", "patch"}, str(opened)
    granted = listed(found.pop("Allow-Headers", ""))
    assert granted == {"*"} or granted >= {name, "x-more"}, str(opened)
    assert found == {"Allow-Origin": "*"}, str(opened)


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
                problem(answer, 403)
                assert grants(answer) == {}, str(answer)


@must("PLUGIN-8c", kills="plugin_cors_own_origin_refused")
def test_who_is_of_no_other_origin_is_answered_as_ever(hooked: Service) -> None:
    host = f"localhost:{hooked.address[1]}"
    for headers in ([], [("Origin", f"http://{host}"), ("Host", host)]):
        answer = hooked.get(THING, headers=headers)
        assert (answer.status, answer.text, grants(answer).get("Allow-Origin")) == (200, "thing", None), str(answer)
    options = hooked.request("OPTIONS", THING)
    assert (options.status, grants(options)) == (204, {}), str(options)


# --- plugins ---

END = "/api/plugins/inner/end"
IN_PLUGINS = ["outer request", "class request", "endpoint request"]
OUT_PLUGINS = ["endpoint response", "class response", "outer response"]


def plugged(answer: Exchange) -> tuple[str, list[str]]:
    """The text of an answer, and what ran around it."""
    assert answer.status == 200, str(answer)
    return answer.text, (answer.header("x-trace") or "").split(",")


@must("PLUGIN-9a", "PLUGIN-9c", kills="plugin_inner_plugin_first")
def test_plugins_are_around_each_other(hooked: Service) -> None:
    assert plugged(hooked.get(END)) == ("end", [*IN_PLUGINS, "end", *OUT_PLUGINS])
    expected = [*IN_PLUGINS[:2], *OUT_PLUGINS[1:]]
    assert plugged(hooked.get("/api/plugins/inner/beside")) == ("beside", expected)


@must("PLUGIN-9a", "PLUGIN-9b", kills="plugin_errors_are_for_hooks_alone")
def test_the_innermost_plugin_answers_for_an_error_that_no_hook_took(hooked: Service) -> None:
    text, words = plugged(hooked.get(f"{END}?fails=1&class-handles=1&outer-handles=1"))
    assert text == "handled by class"
    assert words[:6] == [*IN_PLUGINS, "end", "endpoint error", "class error"]
    assert (words[-1], "outer error" in words) == ("outer response", False)
    text, words = plugged(hooked.get(f"{END}?fails=1&hook-handles=1&endpoint-handles=1"))
    assert (text, "endpoint error" in words, words[-1]) == ("handled by hook", False, "outer response")
    assert problem(hooked.get(f"{END}?fails=1"), 404)["detail"] == "because"


@must("PLUGIN-9b", kills="plugin_answer_of_a_plugin_dropped")
def test_a_plugin_answers_and_replaces(hooked: Service) -> None:
    text, words = plugged(hooked.get(f"{END}?class-answers=1"))
    assert (text, words[:2], words[-1]) == ("answered by class", IN_PLUGINS[:2], "outer response")
    assert not {"endpoint request", "end"} & set(words)
    assert hooked.get(f"{END}?class-replaces=1").text == "replaced by class"
    assert problem(hooked.get(f"{END}?class-raises=1"), 403)["detail"] == "class"


@must("PLUGIN-9c", kills="plugin_context_of_the_process")
def test_what_a_request_keeps_is_its_own(hooked: Service) -> None:
    for _ in range(2):
        assert result(hooked.get("/api/kept/kept")) == {"kept": ["plugin", "endpoint"]}


@must("PLUGIN-10", kills="plugin_routing_errors_handled")
def test_what_nothing_answers_is_no_error_of_a_hook(hooked: Service) -> None:
    problem(hooked.get(f"/api/failures/inner/{seeded_random.word()}"), 404)
    problem(hooked.post("/api/failures/inner/guarded"), 405)
    problem(hooked.get(f"/api/plugins/inner/{seeded_random.word()}?outer-handles=1&class-handles=1"), 404)
