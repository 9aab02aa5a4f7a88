"""What is behind many verdicts that did not pass, and what to mend first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from conformance.judging.cause import Cause, causes, first_to_mend
from conformance.judging.failure import Failure, Kind
from conformance.judging.verdict import Incident, Outcome, Verdict

STATUS = Failure(Kind.STATUS, "", "404", "200")
OTHER = replace(STATUS, came="500")


def verdict(requirement: str, *incidents: Incident, mode: str = "sync") -> Verdict:
    outcome = max((each.outcome for each in incidents), key=lambda each: each.severity, default=Outcome.PASSED)
    return Verdict(requirement, "flask", mode, outcome, ("test_a.py::test_a",), incidents)


def failed(failure: Failure | None = STATUS, reason: str = "assert 1 == 2\nmore") -> Incident:
    return Incident("test_a.py::test_a", Outcome.FAILED, reason, "pytest", failure=failure)


def blocked(by: str) -> Incident:
    return Incident("test_a.py::test_b", Outcome.BLOCKED, "", "pytest", blocked_by=by)


def told(found: list[Cause]) -> dict[str, list[str]]:
    return {cause.sentence: [verdict.requirement for verdict in cause.verdicts] for cause in found}


def test_equal_failures_are_one_cause_and_the_one_behind_most_verdicts_comes_first() -> None:
    found = causes([verdict("A-1", failed(OTHER)), verdict("A-2", failed()), verdict("A-3", failed(), failed())])
    assert told(found) == {str(STATUS): ["A-2", "A-3"], str(OTHER): ["A-1"]}
    assert [cause.requirement for cause in found] == ["A-2", "A-1"]


def test_a_cause_that_only_a_reason_tells_names_no_folder_of_this_machine() -> None:
    [cause] = causes([verdict("A-1", failed(None, f"no file in {Path.cwd()}/reports"))])
    assert cause.sentence == "no file in *"


def test_a_value_that_differs_only_in_what_is_masked_is_said_to_be_another_of_its_form() -> None:
    [cause] = causes([verdict("A-1", failed(replace(STATUS, expected="'*-*Z'", came="'*-*Z'")))])
    assert cause.sentence == "status: expected another value than '*-*Z', came one of the same form"


def test_what_is_blocked_has_the_cause_of_its_blocker_on_the_same_variant() -> None:
    found = causes([
        verdict("A-1", blocked("A-2")),
        verdict("A-2", blocked("A-3")),
        verdict("A-3", failed()),
        verdict("A-3", failed(OTHER), mode="async"),
    ])  # fmt: skip
    assert told(found) == {str(STATUS): ["A-1", "A-2", "A-3"], str(OTHER): ["A-3"]}
    assert found[0].requirement == "A-3"
    assert found[0].first.outcome is Outcome.FAILED


def test_the_first_failure_of_a_cause_is_that_of_a_promise_for_which_others_wait() -> None:
    [cause] = causes([verdict("A-1", failed()), verdict("A-2", failed()), verdict("A-3", blocked("A-2"))])
    assert cause.requirement == "A-2"


def test_what_is_blocked_by_something_that_did_not_fail_here_names_it() -> None:
    passed = verdict("A-2")
    found = causes([verdict("A-1", blocked("A-2")), passed, verdict("A-3", blocked("A-9"))])
    assert told(found) == {"A-2 does not hold": ["A-1"], "A-9 does not hold": ["A-3"]}


def test_those_that_block_each_other_are_told_all_the_same() -> None:
    found = causes([verdict("A-1", blocked("A-2")), verdict("A-2", blocked("A-1"))])
    assert {name for cause in found for name in cause.requirements} == {"A-1", "A-2"}


def test_known_warned_and_unverified_have_no_cause_here() -> None:
    outcomes = (Outcome.KNOWN, Outcome.WARNED, Outcome.UNVERIFIED, Outcome.PASSED)
    assert causes([verdict("A-1", replace(failed(), outcome=outcome)) for outcome in outcomes]) == []


def test_a_failure_without_type_is_told_by_its_first_line_and_a_verdict_without_incident_says_so() -> None:
    bare = Verdict("A-2", "flask", "sync", Outcome.FAILED, ("test_a.py::test_a",))
    assert told(causes([verdict("A-1", failed(None)), bare])) == {
        "assert 1 == 2": ["A-1"],
        "the run noted no evidence for this verdict": ["A-2"],
    }


def test_first_to_mend_is_what_turns_most_of_the_page_green_whatever_is_behind_more_verdicts() -> None:
    found = causes([
        *(verdict(f"A-{number}", failed()) for number in range(5)),
        verdict("P-1", failed(), failed(OTHER)),
        verdict("P-2", failed(OTHER)),
    ])  # fmt: skip
    assert [cause.sentence for cause in found] == [str(STATUS), str(OTHER)]
    first = first_to_mend(found, {"P-1", "P-2"})
    assert first is found[1]
    assert first.greened({"P-1", "P-2"}) == 1
    assert first_to_mend(found, set()) is found[0]
    assert first_to_mend([], set()) is None
