"""How results of checks add up to verdicts."""

from __future__ import annotations

import pytest

from conformance.contract.check import Binding, Check
from conformance.contract.requirement import Contract, Keyword, parse
from conformance.contract.variant import Start, Variant
from conformance.judging.case_result import CaseResult
from conformance.judging.judgement import Scope, applicable, judge, reproduce
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
