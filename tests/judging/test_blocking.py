"""What is missing of a scenario decides who is to blame: the check's requirement, another one, or neither."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conformance.foundation.exceptions import Blocked, HarnessError
from conformance.judging.blocking import rule
from conformance.judging.failure import LONGEST
from conformance.judging.verdict import Outcome
from conformance.target.missing import MissingPart, Use

FAILED = AssertionError("assert 404 == 200")
OWN = ("ROUTE-1a",)


def part(use: Use, requirement: str = "PLUGIN-8a", named: bool = True) -> MissingPart:
    return MissingPart("api.CORS", requirement, named, "AttributeError: no CORS", use)


@pytest.mark.parametrize(
    ("missing", "error", "outcome", "by"),
    [
        (part(Use.STOOD_IN), FAILED, Outcome.BLOCKED, "PLUGIN-8a"),
        (part(Use.LEFT_OUT), FAILED, Outcome.BLOCKED, "PLUGIN-8a"),
        (part(Use.NEAR), FAILED, Outcome.BLOCKED, "PLUGIN-8a"),
        (part(Use.STOOD_IN), None, Outcome.UNVERIFIED, ""),
        (part(Use.LEFT_OUT), None, Outcome.BLOCKED, "PLUGIN-8a"),
        (part(Use.LEFT_OUT, named=False), FAILED, Outcome.BLOCKED, "PLUGIN-8a"),
        (part(Use.LEFT_OUT, named=False), None, Outcome.UNVERIFIED, ""),
        (part(Use.STOOD_IN, requirement="", named=False), FAILED, Outcome.FAILED, ""),
        (part(Use.NONE, requirement="ROUTE-1a"), None, Outcome.FAILED, ""),
        (part(Use.STOOD_IN, requirement="ROUTE-1a"), FAILED, Outcome.FAILED, ""),
        (part(Use.LEFT_OUT, requirement="ROUTE-1a", named=False), FAILED, Outcome.FAILED, ""),
    ],
)
def test_a_missing_part_decides(missing: MissingPart, error: AssertionError | None, outcome: Outcome, by: str) -> None:
    ruling = rule(OWN, error, error is not None, [missing])
    assert ruling is not None
    assert (ruling.outcome, ruling.by) == (outcome, by)
    assert "api.CORS is missing: AttributeError: no CORS" in ruling.reason


@pytest.mark.parametrize(
    ("missing", "error"),
    [(part(Use.NONE), FAILED), (part(Use.NONE), None), (part(Use.NEAR), None)],
)
def test_a_part_that_the_check_had_nothing_to_do_with_changes_nothing(
    missing: MissingPart, error: AssertionError | None
) -> None:
    assert rule(OWN, error, error is not None, [missing]) is None


def test_what_stood_in_is_to_blame_before_what_was_left_out() -> None:
    ruling = rule(OWN, FAILED, True, [part(Use.LEFT_OUT, "HOOK-1"), part(Use.STOOD_IN, "PLUGIN-8a")])
    assert ruling is not None
    assert ruling.by == "PLUGIN-8a"
    refused = part(Use.STOOD_IN, requirement="", named=False)
    ruling = rule(OWN, FAILED, True, [part(Use.LEFT_OUT, "HOOK-1"), refused])
    assert ruling is not None
    assert ruling.outcome is Outcome.FAILED


def test_a_missing_part_that_is_the_failure_is_its_cause() -> None:
    ruling = rule(OWN, FAILED, True, [part(Use.STOOD_IN, "ROUTE-1a")])
    assert ruling is not None
    assert ruling.failure is not None
    assert (ruling.failure.subject, ruling.failure.came) == ("api.CORS", "AttributeError: no CORS")


def test_the_error_of_a_missing_part_is_told_without_what_differs_between_runs_and_machines() -> None:
    error = f"RouteExists: <path> [PUT,GET] in {Path.cwd()}/app, from 0123456789abcdef " + "x" * LONGEST
    ruling = rule(OWN, FAILED, True, [replace(part(Use.STOOD_IN, "ROUTE-1a"), error=error)])
    assert ruling is not None
    assert ruling.failure is not None
    assert ruling.failure.came.startswith("RouteExists: <path> [GET,PUT] in *, from * xxx")
    assert len(ruling.failure.came) == LONGEST


def test_what_is_blocked_by_the_checks_own_requirement_failed() -> None:
    blocked = Blocked("BACKEND-1", "AttributeError: no on_event")
    ruling = rule(OWN, blocked, True, [])
    assert ruling is not None
    assert (ruling.outcome, ruling.by) == (Outcome.BLOCKED, "BACKEND-1")
    ruling = rule(("BACKEND-1",), blocked, True, [])
    assert ruling is not None
    assert (ruling.outcome, ruling.by) == (Outcome.FAILED, "")


def test_a_failure_of_the_harness_stays_one() -> None:
    assert rule(OWN, HarnessError("no"), False, [part(Use.STOOD_IN)]) is None
