"""How results of checks add up to verdicts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from conformance.contract.check import Binding, Check
from conformance.contract.requirement import Contract, Keyword, parse
from conformance.contract.variant import Start, Variant
from conformance.judging.case_result import CaseResult
from conformance.judging.failure import Failure, Kind
from conformance.judging.judgement import Scope, applicable, judge, reproduce, settled
from conformance.judging.verdict import Outcome, Verdict, worst

FLASK, SANIC = Variant.parse("flask-sync"), Variant.parse("sanic-async")
CONTRACT = Contract(
    parse(
        "- ROUTE-1 MUST p  It holds.\n- ROUTE-2 SHOULD p  It holds too. [applies: backend=sanic]\n",
        "route.md",
    )
)
CHECKS = [
    Check("test_route.py::test_a", Binding(("ROUTE-1",), Keyword.MUST, Start.FORKED)),
    Check("test_route.py::test_b", Binding(("ROUTE-1",), Keyword.MUST, Start.FORKED)),
    Check("test_route.py::test_c", Binding(("ROUTE-2",), Keyword.SHOULD, Start.FORKED)),
]
AS_A_MUST = Contract(
    parse(
        "- ROUTE-1 MUST p  It holds.\n- ROUTE-2 MUST p  It holds too. [applies: backend=sanic]\n",
        "route.md",
    )
)
SCOPE = Scope((FLASK, SANIC), frozenset({"ROUTE-1", "ROUTE-2"}))


def result(letter: str, variant: Variant, outcome: Outcome = Outcome.PASSED) -> CaseResult:
    name = f"test_route.py::test_{letter}"
    return CaseResult(f"{name}[{variant}]", name, "", variant, outcome, reason="a reason")


ALL_PASSED = [result("a", FLASK), result("b", FLASK), result("a", SANIC), result("b", SANIC), result("c", SANIC)]


def verdicts(
    results: list[CaseResult], scope: Scope = SCOPE, stale: dict[str, str] | None = None
) -> dict[str, Verdict]:
    found = judge(CONTRACT, CHECKS, results, scope, stale or {})
    return {f"{verdict.requirement} {verdict.backend}": verdict for verdict in found}


def test_there_is_a_verdict_for_each_cell_and_none_outside() -> None:
    found = verdicts(ALL_PASSED)
    assert {name: verdict.outcome for name, verdict in found.items()} == {
        "ROUTE-1 flask": Outcome.PASSED,
        "ROUTE-1 sanic": Outcome.PASSED,
        "ROUTE-2 sanic": Outcome.PASSED,
    }
    assert found["ROUTE-1 flask"].checks == ("test_route.py::test_a", "test_route.py::test_b")


def test_one_failing_check_fails_the_requirement_on_its_variant_only() -> None:
    found = verdicts([*ALL_PASSED, result("a", FLASK, Outcome.FAILED)])
    assert found["ROUTE-1 flask"].outcome is Outcome.FAILED
    assert found["ROUTE-1 flask"].incidents[0].reason == "a reason"
    assert found["ROUTE-1 sanic"].outcome is Outcome.PASSED


def test_a_should_that_fails_is_a_warning() -> None:
    found = verdicts([*ALL_PASSED[:4], result("c", SANIC, Outcome.FAILED)])
    assert found["ROUTE-2 sanic"].outcome is Outcome.WARNED


def test_a_check_that_did_not_run_leaves_its_requirement_unverified() -> None:
    found = verdicts(ALL_PASSED[1:])
    assert found["ROUTE-1 flask"].outcome is Outcome.UNVERIFIED
    assert "before this check" in found["ROUTE-1 flask"].incidents[0].reason
    assert "test_a[flask-sync]" in found["ROUTE-1 flask"].incidents[0].reproduce


def test_a_failure_outweighs_what_did_not_run() -> None:
    assert verdicts([result("a", FLASK, Outcome.FAILED)])["ROUTE-1 flask"].outcome is Outcome.FAILED


def test_a_stale_requirement_is_unverified_although_its_checks_pass() -> None:
    found = verdicts(ALL_PASSED, stale={"ROUTE-1": "The sentence of ROUTE-1 has changed."})
    assert found["ROUTE-1 flask"].outcome is Outcome.UNVERIFIED
    assert found["ROUTE-1 flask"].incidents[0].reason == "The sentence of ROUTE-1 has changed."
    assert found["ROUTE-2 sanic"].outcome is Outcome.PASSED


def blocked(letter: str, variant: Variant, by: str, failure: Failure | None = None) -> CaseResult:
    return replace(result(letter, variant, Outcome.BLOCKED), blocked_by=by, failure=failure)


def test_what_another_requirement_blocks_is_blocked_unless_that_one_passed() -> None:
    missing = [result("a", SANIC), result("b", SANIC, Outcome.FAILED), blocked("c", SANIC, "ROUTE-1")]
    found = verdicts(missing)["ROUTE-2 sanic"]
    assert (found.outcome, found.incidents[0].blocked_by) == (Outcome.BLOCKED, "ROUTE-1")
    there = [result("a", SANIC), result("b", SANIC), blocked("c", SANIC, "ROUTE-1")]
    for contract, outcome in ((CONTRACT, Outcome.WARNED), (AS_A_MUST, Outcome.FAILED)):
        [found] = [each for each in judge(contract, CHECKS, there, SCOPE, {}) if each.requirement == "ROUTE-2"]
        assert found.outcome is outcome
        assert "blocked by ROUTE-1, but that passed on sanic-async: so it fails by itself" in found.incidents[0].reason
        assert str(found.incidents[0].failure) == "other: blocked by ROUTE-1, which passed"
    assert [each.outcome for each in settled(CONTRACT, CHECKS, there, SCOPE, {})][-1] is Outcome.FAILED, (
        "for the ledger"
    )
    elsewhere = [result("a", FLASK), result("b", FLASK), blocked("c", SANIC, "ROUTE-1")]
    assert verdicts(elsewhere)["ROUTE-2 sanic"].outcome is Outcome.BLOCKED


def test_what_a_blocked_check_saw_is_its_failure_where_its_blocker_passed() -> None:
    seen = Failure(Kind.STATUS, "", "200", "404")
    there = [result("a", SANIC), result("b", SANIC), blocked("c", SANIC, "ROUTE-1", seen)]
    assert verdicts(there)["ROUTE-2 sanic"].incidents[0].failure == seen


def test_a_requirement_is_not_blocked_by_itself() -> None:
    found = verdicts([replace(blocked("a", FLASK, "ROUTE-1"), reason=f"no file\nin {Path.cwd()}/app")])["ROUTE-1 flask"]
    assert found.outcome is Outcome.FAILED
    assert str(found.incidents[0].failure) == "other: no file in *"


def test_a_result_is_the_same_when_it_has_been_sent() -> None:
    for sent in (
        result("a", FLASK),
        replace(result("a", FLASK, Outcome.FAILED), failure=Failure(Kind.BODY, "a", "1", "2"), exchanges=("> GET",)),
    ):
        assert CaseResult.from_json(json.loads(json.dumps(sent.as_json()))) == sent


def test_a_narrowed_run_speaks_only_of_what_ran() -> None:
    scope = Scope(SCOPE.variants, SCOPE.requirements, narrowed=True)
    found = verdicts([result("b", FLASK)], scope)
    assert set(found) == {"ROUTE-1 flask"}
    assert found["ROUTE-1 flask"].outcome is Outcome.PASSED
    assert found["ROUTE-1 flask"].checks == ("test_route.py::test_b",)


def test_cells_follow_the_scope() -> None:
    assert [str(cell[1]) for cell in applicable(CONTRACT, Scope((FLASK,), frozenset({"ROUTE-2"})))] == []


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], Outcome.UNVERIFIED),
        ([Outcome.PASSED, Outcome.PASSED], Outcome.PASSED),
        ([Outcome.PASSED, Outcome.KNOWN, Outcome.WARNED], Outcome.WARNED),
        ([Outcome.UNVERIFIED, Outcome.WARNED], Outcome.UNVERIFIED),
        ([Outcome.UNVERIFIED, Outcome.FAILED], Outcome.FAILED),
    ],
)
def test_the_most_severe_outcome_counts(outcomes: list[Outcome], expected: Outcome) -> None:
    assert worst(outcomes) is expected


def test_the_reproducing_command_names_check_variant_case_and_implementation() -> None:
    assert (
        reproduce("test_route.py::test_a", FLASK, "mine.toml", "twice")
        == "pytest 'conformance/checks/test_route.py::test_a[flask-sync-twice]' --implementation mine.toml"
    )
