"""API, RESPONSE and PLUGIN: paths and methods that nothing answers, below classes with handlers and templates."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.plugin_order import FALSE, last, trace
from conformance.checks.problem import allowed
from conformance.checks.random_values import word
from conformance.checks.result import result, spoken, told
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

ALL = ["all_data", "all_note"]
NEAR = ["near_data", "near_note"]
NOT_FOUND = {"type": "NotFound"}
NOT_ALLOWED = {"type": "MethodNotAllowed"}


@pytest.fixture
def served(target: Target) -> Service:
    """api_unanswered.py."""
    return target.shared("api_unanswered")


@pytest.fixture
def taking(target: Target) -> Service:
    """The same, with handlers that take parameters."""
    return target.shared("api_unanswered", needy=1)


def handled(answer: Exchange) -> Any:
    """What a handler returned, whatever the status of that is."""
    return answer.json()


def unknown(path: str, more: str = "") -> str:
    """A path below another one that nothing answers."""
    return f"/api/{path}/{word()}{more}"


# --- handlers ---


@must("API-g42", kills=("api_unanswered_paths_unhandled", "api_unanswered_paths_of_the_class_itself"))
def test_a_handler_of_every_endpoint_gets_an_unknown_path_below_its_class(served: Service) -> None:
    for more in ("", f"/{word()}", f"/{word()}/{word()}"):
        assert handled(served.get(unknown("missing", more))) == {"handler": "missing", **NOT_FOUND}
        assert handled(served.post(unknown("any", more))) == {"handler": "every", **NOT_FOUND}
    assert spoken(served.get("/api/missing/known")) == "known"


@must("API-g42", kills="api_unanswered_paths_of_the_root_unhandled")
def test_a_handler_of_the_root_class_gets_an_unknown_path(target: Target) -> None:
    rooted = target.shared("api_unanswered", rooted=1)
    for path in (f"/api/{word()}", unknown("round"), unknown(word())):
        assert result(rooted.get(path)) == {"handler": "rooted", **NOT_FOUND}


@must("API-g42", kills=("api_unanswered_methods_unhandled", "api_unanswered_methods_of_fixed_paths_unhandled"))
def test_a_handler_of_every_endpoint_gets_a_method_that_a_path_does_not_have(served: Service) -> None:
    for path in ("any/known", "any/inner/known", "body/known"):
        assert handled(served.request("PUT", f"/api/{path}")) == {"handler": "every", **NOT_ALLOWED}


@must("PLUGIN-3e", kills=("api_unanswered_methods_unhandled", "api_unanswered_methods_of_fixed_paths_unhandled"))
def test_a_handler_of_methods_alone_gets_a_method_that_a_path_does_not_have(served: Service) -> None:
    for path in ("known", str(seeded_random.below(9000))):
        assert handled(served.post(f"/api/methods/{path}")) == {"handler": "method", **NOT_ALLOWED}


@must("PLUGIN-3f", kills="plugin_unanswered_with_the_status_of_the_error")
def test_what_a_handler_of_an_unknown_path_returns_is_a_200(served: Service) -> None:
    assert result(served.get(unknown("missing"))) == {"handler": "missing", **NOT_FOUND}
    assert result(served.get(unknown("any"))) == {"handler": "every", **NOT_FOUND}


@must("PLUGIN-3e", kills="api_unanswered_results_that_are_false_dropped")
def test_what_a_handler_of_an_unknown_path_returns_is_the_answer(served: Service) -> None:
    for kind, value in FALSE.items():
        if value is None:  # which leaves it to the next handler
            continue
        answer = served.get(unknown("missing", f"?false={kind}"))
        assert (told(answer) if value == "" else handled(answer)) == value


@must("PLUGIN-3e", kills=("api_unanswered_outermost_first", "api_unanswered_outer_handlers_alone"))
def test_the_handlers_of_the_class_with_the_longest_path_go_first(served: Service) -> None:
    text = word()
    expected = {"handler": "inner", **NOT_FOUND, "word": text}
    assert handled(served.get(unknown("any/inner", f"?word={text}"))) == expected
    assert handled(served.get(unknown("any/inner", "?leave=1"))) == {"handler": "every", **NOT_FOUND}
    replaced = {"handler": "every", "type": "KeyError"}
    assert handled(served.get(unknown("any/inner", "?replace=1"))) == replaced


@must("PLUGIN-3e", kills="api_unanswered_handlers_take_nothing")
def test_a_handler_of_an_unknown_path_takes_parameters_with_defaults(taking: Service) -> None:
    expected = {"handler": "every", **NOT_FOUND}
    for size in (seeded_random.below(9000) + 1, 0):
        assert handled(taking.get(unknown("taking", f"?size={size}"))) == {**expected, "size": size}
    assert handled(taking.get(unknown("taking"))) == {**expected, "size": 0}


@must("PLUGIN-3e", kills="api_unanswered_handlers_take_what_is_not_there")
def test_a_handler_that_takes_what_an_unknown_path_need_not_have_is_left_out(taking: Service) -> None:
    for answer in (taking.get(unknown("needy", "/a?size=1")), taking.post(unknown("needy", "/a"), json={"size": 1})):
        assert answer.status == 404


@must(
    "PLUGIN-10",
    kills=("plugin_routing_errors_handled", "api_unanswered_by_handlers_of_endpoints"),
)
def test_no_other_hook_and_no_plugin_is_for_what_nothing_answers(served: Service) -> None:
    assert trace(served, "/api/round/known") == ["before", "after"]
    for path in (unknown("round"), "/api/round/known"):
        last(served)
        assert served.post(path).status in (404, 405)
        assert served.get("/api/last").json() == {"trace": [], "seen": []}


# --- templates ---


def refused(answer: Exchange, status: int = 404) -> Any:
    """The object that an error is put into."""
    assert answer.status == status
    return answer.members()


def without(answer: Exchange) -> list[str]:
    """The members of templates that an unknown path's answer holds, which is to be in none."""
    assert answer.status == 404
    return [name for name in (*ALL, *NEAR) if name in answer.text]


@must("RESPONSE-g7", kills="response_unanswered_paths_are_problems")
def test_an_unknown_path_below_a_template_is_put_into_it(served: Service) -> None:
    for more in ("", f"/{word()}"):
        members = refused(served.get(unknown("templated", more)))
        assert members["all_data"] is None
        assert str(members["all_note"]) != ""
        assert str(members["all_note"]) != "None"


@must("RESPONSE-g7", kills="api_unanswered_paths_of_the_root_unhandled")
def test_an_unknown_path_is_put_into_the_template_of_the_root_class(target: Target) -> None:
    rooted = target.shared("api_unanswered", rooted=1)
    for path in (f"/api/{word()}", unknown("round"), unknown(word())):
        assert sorted(refused(rooted.get(f"{path}?leave=1"))) == ALL


@must("RESPONSE-6c", kills="response_unanswered_paths_whatever_their_regex")
def test_a_path_that_misses_the_regex_of_a_class_is_not_below_it(served: Service) -> None:
    code = "".join(letter for letter in word() if letter.isalpha())
    for path, names in ((code, NEAR), (f"{code}7", ALL)):
        assert sorted(refused(served.get(unknown(f"templated/coded/{path}")))) == names


@must(
    "RESPONSE-6c",
    kills=("response_unanswered_paths_of_the_outermost", "response_unanswered_paths_of_fixed_prefixes_alone"),
)
def test_the_class_with_the_longest_path_decides(served: Service) -> None:
    number = seeded_random.below(9000)
    expected = {
        "templated": ALL,
        "templated/plain": ALL,
        "templated/near": NEAR,
        "templated/near/end/a": NEAR,
        f"templated/things/{number}": NEAR,
        f"templated/things/{number}/end": NEAR,
    }
    for path, names in expected.items():
        for _ in range(2):
            assert sorted(refused(served.get(unknown(path, "/a")))) == names, path
    for path in ("templated", "templated/things"):
        assert sorted(refused(served.get(f"/api/{path}"))) == ALL, path


@must("RESPONSE-6c", kills="response_unanswered_paths_cut_in_a_segment")
def test_a_class_is_around_whole_segments(served: Service) -> None:
    for path in (f"/api/templated{word()}", f"/api/{word()}", f"/api/{word()}/templated"):
        assert without(served.get(path)) == []
    assert sorted(refused(served.get(f"/api/templated/near{word()}"))) == ALL


@must("RESPONSE-6c", kills=("api_unanswered_methods_unhandled", "error_405_without_allow"))
def test_a_method_that_a_path_does_not_have_is_put_into_the_template(served: Service) -> None:
    for path, names in (("templated/known", ALL), ("templated/near/end/a", NEAR)):
        answer = served.post(f"/api/{path}")
        assert sorted(refused(answer, 405)) == names
        assert allowed(answer) == {"GET", "HEAD", "OPTIONS"}


@must("RESPONSE-6c", kills=("response_unanswered_paths_below_the_root_alone", "response_unanswered_paths_of_others"))
def test_a_template_is_for_what_is_the_apis(target: Target, served: Service) -> None:
    path = f"/templated/{word()}"
    assert sorted(refused(served.get(f"/api{path}"))) == ALL
    assert sorted(refused(served.get(path))) == ALL
    strict = target.shared("api_unanswered", strict=1)
    assert sorted(refused(strict.get(f"/api{path}"))) == ALL
    assert without(strict.get(path)) == []
