"""PLUGIN: hooks of API classes, and what is refused of hooks and CORS when an application is built."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.plugin_order import last, member, trace
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange
from conformance.target.observed import plain_type
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture
def hooked(target: Target) -> Service:
    """The shared scenario of hooks as the guides have them."""
    return target.shared("plugin_hooks")


@pytest.fixture
def ruled(target: Target) -> Service:
    """That of hooks beyond what the guides have."""
    return target.shared("plugin_hook_rules")


@pytest.fixture
def inheriting(target: Target) -> Service:
    """That of classes that redefine endpoints of their bases."""
    return target.shared("api_overridden_endpoints")


IN = ["trunk every", "trunk branches", "branch first", "branch second"]
OUT = ["branch changed", "branch replaced", "trunk last"]
NAMED = "/api/trunk/branch/named"


# --- before ---


@must("PLUGIN-1a", kills="plugin_star_is_the_class_alone")
def test_hooks_run_before_the_endpoints_that_they_are_given(hooked: Service) -> None:
    expected = {
        (NAMED, "named"): {"trunk every", "trunk branches", "branch first", "branch second"},
        ("/api/trunk/branch/other", "other"): {"trunk every", "trunk branches"},
        ("/api/trunk/bare", "bare"): {"trunk every"},
        ("/api/alone/named", "named"): {"branch first", "branch second"},
    }
    for (path, endpoint), hooks in expected.items():
        words = trace(hooked, path)
        assert endpoint in words
        assert {*words[: words.index(endpoint)]} == hooks, path


@must("PLUGIN-1a", kills="plugin_star_is_the_class_alone")
def test_a_star_of_after_and_of_handle_is_every_endpoint_of_its_class_and_below(hooked: Service) -> None:
    assert "trunk last" in trace(hooked, "/api/trunk/branch/other")
    assert "trunk last" not in trace(hooked, "/api/alone/named")
    assert handled(hooked.get(f"{FAIL}?kind=missing"))[0] == "outer some"


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
def test_hooks_are_inherited_and_replaced_by_name(ruled: Service) -> None:
    assert trace(ruled, "/api/derived/inherited") == ["base kept", "derived overridden", "base inherited"]
    assert trace(ruled, "/api/derived/own") == ["derived replaced", "derived own"]


@must("PLUGIN-1f", kills="plugin_undecorated_override_is_no_hook")
def test_a_hook_on_an_endpoint_is_one_on_its_override(inheriting: Service) -> None:
    expected = ["base hook", "derived hook", "derived endpoint"]
    assert member(inheriting.get("/api/derived/endpoint"), "trace") == expected


@must("PLUGIN-1g", kills="plugin_name_of_an_endpoint_is_any")
def test_a_hook_names_an_endpoint_by_its_name(ruled: Service) -> None:
    assert trace(ruled, "/api/named/named") == ["before named", "named"]
    assert trace(ruled, "/api/named/other") == ["other"]


@must("PLUGIN-1i", kills=("plugin_every_endpoint_beside_itself_again", "plugin_every_endpoint_beside_one_alone"))
def test_a_hook_of_every_endpoint_and_of_one_of_them_runs_once(ruled: Service) -> None:
    for endpoint in ("named", "other"):
        path = f"/api/among_all/{endpoint}"
        assert trace(ruled, path) == ["before", endpoint, "after"]
        assert trace(ruled, f"{path}?fails=1") == ["before", endpoint, "handle"]


@must("PLUGIN-1h", kills=("plugin_bare_instance_for_all_requests", "plugin_instance_without_init_for_all_requests"))
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"outer before", "inner before", "endpoint", "outer after"}),
        ("&fails=1", {"outer before", "inner handle", "outer handle"}),
    ],
    ids=["made", "whose init fails"],
)
def test_no_hook_has_the_self_of_another_request(ruled: Service, query: str, names: set[str]) -> None:
    for _ in range(2):
        word = seeded_random.word()
        last(ruled)
        ruled.get(f"/api/fresh/inner/endpoint?word={word}{query}")
        found = last(ruled, "seen")
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
def test_no_after_hook_runs_after_an_error(hooked: Service, ruled: Service) -> None:
    mark = seeded_random.word()
    assert [word for word in trace(hooked, f"{NAMED}?fails=1&mark={mark}") if word in OUT] == []
    assert [word for word in trace(hooked, f"{NAMED}?after-fails=1") if word in OUT] == OUT[:1]
    answer = ruled.get(f"{FAIL}?kind=key")
    assert handled(answer)[0] == "inner keys"
    assert answer.header("x-after") is None


@must("PLUGIN-2c", kills="plugin_results_of_hooks_without_template")
def test_what_hooks_return_is_put_into_the_nearest_template(ruled: Service) -> None:
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
        assert member(ruled.get(asked), name) == value
    assert member(ruled.get(path), "reason") == f"seen {word}"


# --- handle ---


def handled(answer: Exchange) -> list[Any]:
    """What a handler knows of an error: its name, the error's type and status, whether it has the exception, its
    message, and whether it is an Error."""
    found: list[Any] = answer.json()
    assert plain_type(found) is list, str(answer)
    assert len(found) == 6
    return found


FAIL = "/api/failures/inner/fail"
PLAIN = "/api/failures/inner/plain"


@must("PLUGIN-3a", kills=("plugin_errors_of_hooks_unhandled", "plugin_handler_of_any_type"))
def test_a_handler_gets_the_error_of_its_types_and_answers(hooked: Service) -> None:
    assert handled(hooked.get(f"{FAIL}?kind=index"))[0] == "inner lookups"
    assert handled(hooked.get(f"{FAIL}?kind=missing"))[0] == "outer some"
    assert handled(hooked.get("/api/failures/inner/guarded"))[0] == "inner lookups"
    assert handled(hooked.get("/api/failures/inner/divided"))[0] == "inner division"
    assert hooked.get(f"{FAIL}?kind=zero").status == 500


@must("PLUGIN-3f", kills="plugin_handled_with_the_status_of_the_error")
def test_what_a_handler_returns_is_a_200(ruled: Service) -> None:
    for kind, status in (("index", 200), ("key", 200), ("missing", 418)):
        answer = ruled.get(f"{FAIL}?kind={kind}")
        assert answer.status == status
        assert handled(answer)[0] in ("inner lookups", "inner keys", "outer some")
    assert ruled.get("/api/failures/inner/guarded").status == 200


@must("PLUGIN-3d", kills="plugin_handler_without_types_is_of_value_errors")
def test_a_handler_without_types_gets_any_error(ruled: Service) -> None:
    assert handled(ruled.get(f"{PLAIN}?kind=type"))[0] == "outer naming"
    assert handled(ruled.get(PLAIN))[0] == "outer naming"


@must("PLUGIN-4", kills="plugin_error_is_a_500")
def test_an_error_has_exception_type_and_status(hooked: Service) -> None:
    assert handled(hooked.get(f"{FAIL}?kind=index"))[1:4] == ["IndexError", 500, True]
    assert handled(hooked.get(f"{FAIL}?kind=missing"))[1:4] == ["NotFound", 404, True]


@must("PLUGIN-4b", kills="plugin_error_message_is_the_repr")
def test_an_error_has_a_message_and_is_an_error_of_the_api(ruled: Service) -> None:
    assert handled(ruled.get(f"{FAIL}?kind=index"))[4:] == ["because", True]
    assert handled(ruled.get(f"{FAIL}?kind=missing"))[4:] == ["because", True]


@must("PLUGIN-4b", kills="plugin_error_of_a_handler_is_the_answer")
def test_a_handler_raises_the_error_again(ruled: Service) -> None:
    assert handled(ruled.get(f"{FAIL}?kind=key&then=throw"))[:2] == ["inner lookups", "KeyError"]


@must("PLUGIN-3b", kills="plugin_first_handler_wins")
def test_the_nearest_handler_answers(ruled: Service) -> None:
    assert handled(ruled.get(f"{FAIL}?kind=key"))[0] == "inner keys"
    assert handled(ruled.get(f"{FAIL}?kind=index"))[0] == "inner lookups"
    assert handled(ruled.get(f"{FAIL}?kind=value"))[0] == "outer some"
    assert handled(ruled.get(f"{PLAIN}?kind=type"))[0] == "outer naming"
    assert handled(ruled.get(f"{PLAIN}?kind=value"))[0] == "outer naming"


@must(
    "PLUGIN-3b",
    kills=("plugin_handler_by_its_first_type", "plugin_handler_by_its_last_type", "plugin_handler_by_its_widest_type"),
)
def test_of_the_types_of_a_handler_the_most_specific_counts(ruled: Service) -> None:
    for kind, handler in (("reset", "general first"), ("refused", "connections"), ("pipe", "general last")):
        assert handled(ruled.get(f"{FAIL}?kind={kind}"))[0] == f"inner {handler}"


@must("PLUGIN-3c", kills="plugin_error_of_a_handler_is_the_answer")
def test_a_handler_leaves_an_error_or_replaces_it(ruled: Service) -> None:
    assert handled(ruled.get(f"{FAIL}?kind=key&then=leave"))[:2] == ["inner lookups", "KeyError"]
    assert handled(ruled.get(f"{FAIL}?kind=key&then=replace"))[:2] == ["outer some", "ValueError"]


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
    assert refused.status == 400
    assert name.lower() in refused.text.lower()
    assert "taken" not in last(hooked)


@must("PLUGIN-5b", kills="plugin_handler_parameters_are_not_looked_at")
def test_parameters_of_a_handler_are_bound_when_it_is_asked(hooked: Service) -> None:
    headers = [("X-Handle", f"w{seeded_random.word()}")]
    assert hooked.get("/api/taking/taken", headers=headers).status == 200
    refused = hooked.get("/api/taking/taken?fails=1", headers=headers)
    assert refused.status == 400
    assert "x-handle" in refused.text.lower()


def on_the_loop(service: Service, path: str) -> dict[str, bool]:
    """Whether each function around an endpoint, and itself, runs on the event loop."""
    return dict(trace(service, path))


@must("PLUGIN-6a", kills="plugin_async_hooks_not_awaited")
def test_async_def_hooks_are_awaited(hooked: Service) -> None:
    assert trace(hooked, "/api/awaited/end") == ["before", "end", "after"]


@must("PLUGIN-6c", kills="plugin_plain_hook_on_the_loop")
def test_plain_and_async_def_functions_go_together(ruled: Service) -> None:
    after = {"plain after": False, "awaited after": True}
    awaited = {"plain plugin": False, "plain before": False, "awaited": True, **after}
    assert on_the_loop(ruled, "/api/mixed/awaited") == awaited
    plain = {"awaited plugin": True, "awaited before": True, "plain": False, **after}
    assert on_the_loop(ruled, "/api/mixed/plain") == plain


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


@must("PLUGIN-9g", kills="plugin_keywords_that_nothing_reads")
def test_keywords_that_nothing_reads_are_refused(target: Target) -> None:
    for case, (message, owner, name) in refusals(target, "keywords", ("of its own", "of its base")).items():
        assert owner in message, case
        assert name in message, case


@must("PLUGIN-8d", kills="plugin_cors_credentials_of_every_origin")
def test_credentials_of_every_origin_are_refused(target: Target) -> None:
    found = refusals(target, "every origin", ("class", "endpoint"))
    assert found["class"][1] in found["class"][0]
    assert found["endpoint"][2] in found["endpoint"][0]
