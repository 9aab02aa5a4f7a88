"""Ledgers: ways to be wrong, each with a message of its own, and what becomes of a failure that is listed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from conformance.contract import requirement
from conformance.contract.check import discover
from conformance.foundation.exceptions import BadUsage
from conformance.judging import ledger, ledger_file
from conformance.judging.case_result import CaseResult
from conformance.judging.judgement import Scope, judge
from conformance.judging.ledger import Ledger
from conformance.judging.normalisation import normalise
from conformance.judging.verdict import Incident, Outcome, Verdict
from conformance.target import implementation
from conformance.target.implementation import Implementation
from tests.judging.samples import (
    BOUND,
    CAME,
    CASES,
    CHECK,
    CHECKS,
    CONTRACT,
    FLASK,
    GOOD,
    OTHER,
    SANIC,
    SOMETIMES,
    VERSIONS,
    failure,
    implementation_in,
    passed,
    read,
)
from tests.plugin.test_run import PROJECT

AS_IT_IS = ("", "")


@pytest.mark.parametrize("file", sorted(ledger.LEDGERS.glob("*.toml")), ids=lambda file: file.name)
def test_the_projects_ledgers_list_what_every_run_on_every_machine_says_in_these_words(file: Path) -> None:
    listed = {entry.failure for entry in ledger_file.load(file).entries}
    assert [failure for failure in listed if normalise(failure) != failure] == []


@pytest.mark.parametrize("file", sorted(ledger.LEDGERS.glob("*.toml")), ids=lambda file: file.name)
def test_the_projects_ledgers_list_what_there_is(file: Path) -> None:
    bound = {check.name: check.binding.requirements for check in discover() if check.binding}
    wrong = ledger.laws(ledger_file.load(file), requirement.load(), bound, implementation.find(file.stem))
    assert [sentence for _, sentence in wrong] == []


@pytest.fixture
def mine(tmp_path: Path) -> Implementation:
    return implementation_in(tmp_path)


def complaints(mine: Implementation, text: str, result: CaseResult) -> list[str]:
    """All that is said against a ledger, when a run gave that result."""
    found = read(mine, text)
    said = [sentence for _, sentence in ledger.laws(found, CONTRACT, BOUND, mine)] + found.unknown_cases(CASES, BOUND)
    ruling = found.ruling("ROUTE-1", result, VERSIONS[result.variant])
    return said + ([ruling.reason] if ruling is not None and ruling.outcome is Outcome.FAILED else [])


@pytest.mark.parametrize(
    ("broken", "result", "message"),
    [
        (("test_a", "test_z"), failure(), "matches no check: those of ROUTE-1 are test_a, test_b."),
        (("ROUTE-1", "ROUTE-9"), failure(), "matches no check: the contract does not hold that requirement"),
        (("ROUTE-1", "ROUTE-2"), failure(), "matches no check: those of ROUTE-2 are test_b."),
        (("[one]", "[one|three]"), failure(), "matches no check: none has a case 'three'. The cases: 'one', 'two'."),
        (AS_IT_IS, failure(came="500"), "lists it, but it fails in another way: test_route.py::test_a[one] on flask-"),
        (("flask >=", "sanic >="), failure(), 'can never apply: `backend == "flask" and sanic >= "3"` is true of no '),
        (("flask >=", "falsk >="), failure(), "can never apply: `falsk` in its condition stands for nothing."),
        (("test_a", "test_a on flsk"), failure(), "can never apply: `flsk` is no backend, mode or variant of it."),
        (("test_a", "test_a on sanic"), failure(), "can never apply: `backend == "),
        (("2026-12-31", "2026-11-21"), failure(), "is over its date: it stood until 2026-11-21"),
    ],
)
def test_a_broken_ledger_has_one_message_that_names_file_cause_and_reason(
    mine: Implementation, broken: tuple[str, str], result: CaseResult, message: str
) -> None:
    [said] = complaints(mine, GOOD.replace(*broken), result)
    assert message in said
    assert said.startswith(f"{mine.file.parent / 'mine.ledger.toml'}: cause 1 (ROUTE-")


def test_a_ledger_that_is_right_is_not_spoken_of(mine: Implementation) -> None:
    assert complaints(mine, GOOD, failure()) == []


def test_a_failure_of_another_way_is_told_with_both_ways(mine: Implementation) -> None:
    [said] = complaints(mine, GOOD, failure(came="500"))
    assert f"\nin the ledger: {CAME}\ncame now:      status: expected 200, came 500\n" in said


def test_the_example_that_people_are_shown_is_right() -> None:
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```toml\n(\[\[cause\]\].*?)```", text, re.DOTALL)
    bound = {check.name: check.binding.requirements for check in discover() if check.binding is not None}
    reference = implementation.find("reference")
    shown = Ledger(Path("CONTRIBUTING.md"), ledger_file.read(example, "CONTRIBUTING.md"))
    assert len(shown.entries) > 1
    assert ledger.laws(shown, requirement.load(), bound, reference) == []


def test_any_failure_is_one_that_an_entry_may_list(mine: Implementation) -> None:
    loose = GOOD.replace(CAME, "any failure")
    assert complaints(mine, loose, failure()) == []
    assert complaints(mine, loose, failure(came="500")) == []


def test_without_a_check_all_of_the_requirement_are_listed(mine: Implementation) -> None:
    text = GOOD.replace(" test_a [one]", "")
    for result in (failure(), failure(case="two"), failure(OTHER, "")):
        assert judged(mine, text, result).outcome is Outcome.KNOWN


@pytest.mark.parametrize(
    ("on", "variants"),
    [
        ("flask", ["flask-sync", "flask-async"]),
        ("sync", ["flask-sync", "sanic-sync"]),
        ("flask-async, sanic", ["flask-async", "sanic-sync"]),
    ],
)
def test_the_places_of_an_entry_are_named_by_backend_mode_or_variant(
    mine: Implementation, on: str, variants: list[str]
) -> None:
    text = GOOD.replace("test_a", f"test_a on {on}").replace("when", "# when")
    outcomes = {str(variant): judged(mine, text, failure(variant=variant)).outcome for variant in VERSIONS}
    assert [variant for variant, outcome in outcomes.items() if outcome is Outcome.KNOWN] == variants


def test_what_fails_sometimes_may_pass_and_stays_known(mine: Implementation) -> None:
    assert complaints(mine, SOMETIMES, failure()) == []
    ruling = read(mine, SOMETIMES).ruling("ROUTE-1", passed(), VERSIONS[FLASK])
    assert ruling is not None
    assert (ruling.outcome, ruling.why) == (Outcome.KNOWN, "It never answered that.")
    [complaint] = complaints(mine, SOMETIMES, failure(came="500"))
    assert "fails in another way" in complaint
    for result, told in ((failure(), "still fails on flask-sync"), (passed(), "on flask-sync was to fail sometimes")):
        [complaint] = complaints(mine, SOMETIMES.replace("2026-12-31", "2026-11-21"), result)
        assert f"is over its date: it stood until 2026-11-21, and {CHECK}[one] {told}." in complaint


def test_two_entries_for_one_failure_are_one_too_many_unless_it_is_a_race(mine: Implementation) -> None:
    [said] = complaints(mine, GOOD + GOOD, failure())
    assert "cause 1 (ROUTE-1, test_a) lists what another one lists too: 1 and 2 hold" in said
    another = SOMETIMES.replace("came 404", "came 500")
    for result in (failure(), failure(came="500"), passed()):
        assert complaints(mine, SOMETIMES + another, result) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("why =", "whi ="), "cause 1: unknown key whi; there are why, link, expires"),
        (("expires = 2026-12-31\n", ""), "cause 1: 'expires' is missing"),
        (("It never answered that.", " "), "cause 1: `why` is empty"),
        (("2026-12-31", '"2026-12-31"'), "cause 1: expires is a date without quotes"),
        (("2026-12-31", "2026-12-31T00:00:00"), "cause 1: expires is a date without quotes"),
        (('["ROUTE-1 test_a [one]"]', '"ROUTE-1"'), "came 404' is followed by a list of texts"),
        (("test_a [one]", "[one"), "'ROUTE-1 \\[one' is no requirement with its places; one reads"),
        (("test_a [one]", "for flask"), "'ROUTE-1 for flask' is no requirement with its places"),
        (("[cause.failures]", "[cause.failure]"), "cause 1: unknown key failure"),
        (('"https://example.com/1"', "1"), "cause 1: link is a text"),
        (("when =", 'sometimes = "yes"\nwhen ='), "cause 1: sometimes is true, or left out"),
        (("flask >=", "flask =>"), "cause 1: when: it is not an expression"),
        (("[[cause]]", "[[causes]]"), r"unknown key causes; a ledger holds \[\[cause\]\] tables"),
        (("[[cause]]", "[cause]"), r"cause is a list of tables, each under a line \[\[cause\]\]"),
        (("[[cause]]", "[[cause"), "is not TOML"),
    ],
)
def test_a_ledger_that_cannot_be_read_is_bad_usage(mine: Implementation, change: tuple[str, str], message: str) -> None:
    text = GOOD.replace(*change)
    if change[1] == "[[causes]]":
        text = text.replace("cause.failures", "causes.failures")
    with pytest.raises(BadUsage, match=rf"mine\.ledger\.toml.*{message}"):
        read(mine, text)


@pytest.mark.parametrize(
    ("text", "result", "outcome"),
    [
        (GOOD, failure(), "known"),
        ("", failure(), "failed"),
        ("", passed(), "passed"),
        (GOOD, passed(), "passed"),
        (GOOD, failure(came="500"), "failed"),
        (GOOD.replace("2026-12-31", "2026-11-22"), failure(), "known"),
        (GOOD.replace("2026-12-31", "2026-11-21"), failure(), "failed"),
        (GOOD.replace(">=", "<"), failure(), "failed"),
        (GOOD.replace(">=", "<"), passed(), "passed"),
        (GOOD.replace(" [one]", ""), failure(), "known"),
        (GOOD.replace("[one]", "[two]"), failure(), "failed"),
        (GOOD, failure(variant=SANIC), "failed"),
        (GOOD, replace(failure(), outcome=Outcome.UNVERIFIED, failure=None), "unverified"),
        (GOOD, replace(failure(), outcome=Outcome.BLOCKED, blocked_by="ROUTE-2"), "blocked"),
    ],
)
def test_only_the_failure_that_is_listed_where_it_is_listed_until_its_date_is_known(
    mine: Implementation, text: str, result: CaseResult, outcome: str
) -> None:
    assert judged(mine, text, result).outcome.value == outcome


def test_an_incident_says_what_the_ledger_has_of_it(mine: Implementation) -> None:
    found = {
        name: incident(mine, text, result)
        for name, text, result in (
            ("known", GOOD, failure()),
            ("new", "", failure()),
            ("another way", GOOD, failure(came="500")),
            ("mended", GOOD, passed()),
        )
    }
    assert {name: (each.listed, each.mended, each.why != "") for name, each in found.items()} == {
        "known": (True, False, True),
        "new": (False, False, False),
        "another way": (True, False, True),
        "mended": (True, True, True),
    }
    assert found["known"].reason == f"known: It never answered that. (https://example.com/1)\n{CAME}"
    assert "lists what passes: test_route.py::test_a[one] on flask-sync. Take the entry" in found["mended"].reason
    assert found["mended"].reproduce == "pytest it"


def test_what_a_ledger_is_wrong_about_fails_a_should_too(mine: Implementation) -> None:
    text = GOOD.replace("ROUTE-1 test_a [one]", "ROUTE-2")
    assert judged(mine, text, failure(OTHER, ""), "ROUTE-2").outcome is Outcome.KNOWN
    assert judged(mine, "", failure(OTHER, ""), "ROUTE-2").outcome is Outcome.WARNED
    assert judged(mine, text, failure(OTHER, "", "500"), "ROUTE-2").outcome is Outcome.FAILED


def judged(mine: Implementation, text: str, result: CaseResult, about: str = "ROUTE-1") -> Verdict:
    """What becomes of a requirement when one of its checks gave that result."""
    scope = Scope((result.variant,), frozenset({about}), narrowed=True)
    [verdict] = judge(CONTRACT, CHECKS, [result], scope, {}, read(mine, text), VERSIONS)
    return verdict


def incident(mine: Implementation, text: str, result: CaseResult) -> Incident:
    [found] = judged(mine, text, result).incidents
    return found


def test_the_ledger_of_the_reference_is_empty() -> None:
    file = ledger.path_of(implementation.find("reference"))
    assert file == PROJECT / "conformance" / "ledgers" / "reference.toml"
    assert file.is_file()
    assert ledger_file.load(file).entries == ()
