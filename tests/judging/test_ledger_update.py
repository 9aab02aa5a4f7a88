"""How a run writes a ledger: causes by what came, and nothing lost of what people wrote."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance.contract.variant import Variant
from conformance.judging import ledger, ledger_file
from conformance.judging.case_result import CaseResult
from conformance.judging.judgement import Scope
from conformance.judging.ledger import Ledger
from conformance.judging.ledger_file import write
from conformance.judging.ledger_update import Revision, words
from conformance.judging.verdict import UNEXPLAINED, Outcome
from conformance.target import implementation
from conformance.target.implementation import Implementation
from matrix.report import load
from tests.judging.samples import (
    BOUND,
    CAME,
    CASES,
    CHECK,
    CONTRACT,
    EVERYTHING,
    FLASK,
    FLASK_ASYNC,
    GOOD,
    OTHER,
    PLAIN,
    SANIC,
    SOMETIMES,
    TODAY,
    VERSIONS,
    failure,
    implementation_in,
    passed,
    read,
)
from tests.plugin.test_run import PROJECT, token
from tests.plugin.test_run import judge as run_conformance

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["token"]

ANOTHER = CAME.replace("404", "500")


@pytest.fixture
def mine(tmp_path: Path) -> Implementation:
    return implementation_in(tmp_path)


def revised(
    mine: Implementation, failed: Iterable[CaseResult], text: str = "", scope: Scope = EVERYTHING
) -> list[dict[str, Any]]:
    """The causes that are in the file after a run of `scope` in which everything but `failed` passed."""
    found = {(result.check, result.case, result.variant): result for result in failed}
    everything = [
        found.get((check, case, variant), passed(check, case, variant))
        for check, cases in CASES.items()
        for case in sorted(cases)
        for variant in scope.variants
    ]
    versions = {variant: VERSIONS[variant] for variant in scope.variants}
    revision = Revision(CONTRACT, mine, BOUND, CASES, versions)
    before = read(mine, text)
    after = revision.of(before, everything, scope)
    write(after, "mine")
    written = after.file.read_bytes()
    again = revision.of(replace(ledger_file.load(after.file), today=TODAY), everything, scope)
    write(again, "mine")
    assert after.file.read_bytes() == written
    causes: list[dict[str, Any]] = tomllib.loads(written.decode()).get("cause", [])
    return causes


def fails(case: str, *variants: Variant, came: str = "404", check: str = CHECK) -> list[CaseResult]:
    return [failure(check, case, came, variant) for variant in variants]


def brief(causes: Iterable[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Reason, condition and failures of each cause."""
    return [(cause["why"], cause.get("when", ""), cause["failures"]) for cause in causes]


WHY = "It never answered that."


def test_a_run_writes_a_cause_for_each_way_to_fail_with_the_places_where_it_came(mine: Implementation) -> None:
    failed = [
        *fails("one", FLASK, FLASK_ASYNC),
        *fails("two", FLASK, FLASK_ASYNC),
        *fails("one", SANIC, came="500"),
        *fails("", FLASK, FLASK_ASYNC, SANIC, check=OTHER),
    ]
    assert revised(mine, failed) == [
        {
            "why": UNEXPLAINED,
            "expires": datetime.date(2027, 5, 21),
            "failures": {CAME: ["ROUTE-1 test_a on flask", "ROUTE-1 test_b", "ROUTE-2"]},
        },
        {
            "why": UNEXPLAINED,
            "expires": datetime.date(2027, 5, 21),
            "failures": {ANOTHER: ["ROUTE-1 test_a on sanic [one]"]},
        },
    ]


def test_what_fails_in_every_check_of_a_requirement_needs_no_name_of_one(mine: Implementation) -> None:
    failed = [*fails("one", FLASK), *fails("two", FLASK), *fails("", FLASK, check=OTHER)]
    assert brief(revised(mine, failed)) == [(UNEXPLAINED, "", {CAME: ["ROUTE-1 on flask-sync", "ROUTE-2 on flask"]})]


def test_a_case_without_a_name_is_listed_beside_others(mine: Implementation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CASES, CHECK, {"", "two"})
    assert brief(revised(mine, fails("", FLASK))) == [(UNEXPLAINED, "", {CAME: ["ROUTE-1 test_a on flask-sync []"]})]


def test_a_case_that_fails_on_another_variant_has_the_reason_that_it_has_elsewhere(mine: Implementation) -> None:
    revised(mine, fails("one", FLASK))
    text = ledger.path_of(mine).read_text().replace(UNEXPLAINED, WHY)
    failed = [*fails("one", FLASK), *fails("one", SANIC, came="500"), *fails("two", SANIC, came="501")]
    assert [(cause["why"], len(cause["failures"])) for cause in revised(mine, failed, text)] == [
        (WHY, 2),
        (UNEXPLAINED, 1),
    ]
    in_another_way = fails("one", FLASK, came="500")
    assert brief(revised(mine, in_another_way, text)) == [
        (UNEXPLAINED, "", {ANOTHER: ["ROUTE-1 test_a on flask-sync [one]"]})
    ]


def test_a_reason_that_a_person_gave_to_many_makes_one_cause_of_them(mine: Implementation) -> None:
    failed = [*fails("one", SANIC, came="500"), *fails("", FLASK, FLASK_ASYNC, SANIC, check=OTHER)]
    revised(mine, failed)
    text = ledger.path_of(mine).read_text().replace(UNEXPLAINED, WHY)
    failed += fails("two", SANIC, came="500")
    [cause] = revised(mine, failed, text)
    assert (cause["why"], cause["failures"]) == (
        WHY,
        {ANOTHER: ["ROUTE-1 test_a on sanic"], CAME: ["ROUTE-1 test_b", "ROUTE-2"]},
    )


def test_what_people_wrote_stays_when_its_variants_change(mine: Implementation) -> None:
    [cause] = revised(mine, fails("one", FLASK), PLAIN)
    assert brief([cause]) == [(WHY, 'backend == "flask"', {CAME: ["ROUTE-1 test_a on sync [one]"]})]
    assert (cause["link"], cause["expires"]) == ("https://example.com/1", datetime.date(2026, 12, 31))
    assert brief(revised(mine, fails("one", FLASK, FLASK_ASYNC, SANIC), PLAIN)) == [
        (WHY, 'backend == "flask"', {CAME: ["ROUTE-1 test_a [one]"]}),
        (WHY, "", {CAME: ["ROUTE-1 test_a on sanic [one]"]}),
    ]


def test_two_explanations_of_one_way_to_fail_stay_where_they_are(mine: Implementation) -> None:
    text = PLAIN + PLAIN.replace('"flask"', '"sanic"').replace(WHY, "Another reason.")
    found = revised(mine, fails("one", FLASK, FLASK_ASYNC, SANIC), text)
    assert {cause["when"]: cause["why"] for cause in found} == {
        'backend == "flask"': WHY,
        'backend == "sanic"': "Another reason.",
    }


def test_an_entry_goes_when_what_it_lists_passes_or_fails_in_another_way(mine: Implementation) -> None:
    assert revised(mine, [], GOOD) == []
    found = revised(mine, fails("one", FLASK, FLASK_ASYNC, came="500"), GOOD)
    assert brief(found) == [(UNEXPLAINED, "", {ANOTHER: ["ROUTE-1 test_a on flask [one]"]})]


def test_what_fails_sometimes_stays_and_takes_in_other_ways_to_fail(mine: Implementation) -> None:
    for failed in ([], fails("one", FLASK), fails("one", FLASK, FLASK_ASYNC)):
        assert brief(revised(mine, failed, SOMETIMES)) == [
            (WHY, 'backend == "flask" and flask >= "3"', {CAME: ["ROUTE-1 test_a [one]"]})
        ]
    _, other = revised(mine, fails("one", FLASK, came="500"), SOMETIMES)
    assert (other["sometimes"], other["failures"]) == (True, {ANOTHER: ["ROUTE-1 test_a on flask-sync [one]"]})
    assert revised(mine, [], SOMETIMES.replace("test_a", "test_z")) == []


def test_an_entry_for_any_failure_takes_in_no_failure_from_elsewhere(mine: Implementation) -> None:
    anything = PLAIN.replace(CAME, "any failure")
    failed = [*fails("one", FLASK), *fails("one", FLASK_ASYNC, came="500"), *fails("one", SANIC), *fails("two", FLASK)]
    assert brief(revised(mine, failed, anything)) == [
        (WHY, 'backend == "flask"', {"any failure": ["ROUTE-1 test_a [one]"]}),
        (UNEXPLAINED, "", {CAME: ["ROUTE-1 test_a on sanic [one]", "ROUTE-1 test_a on flask-sync [two]"]}),
    ]


def test_an_entry_that_matches_no_check_goes(mine: Implementation) -> None:
    for wrong in (("test_a", "test_z"), ("[one]", "[three]"), ("flask >=", "sanic >="), ("test_a", "test_a on sanic")):
        assert revised(mine, [], GOOD.replace(*wrong)) == []


def test_what_a_run_did_not_look_at_stays(mine: Implementation) -> None:
    listed = {CAME: ["ROUTE-1 test_a [one]"]}
    only_sanic = replace(EVERYTHING, variants=(SANIC,))
    assert brief(revised(mine, [], PLAIN, only_sanic)) == [(WHY, 'backend == "flask"', listed)]
    only_sync = replace(EVERYTHING, variants=(FLASK, SANIC))
    assert brief(revised(mine, [], PLAIN, only_sync)) == [
        (WHY, 'backend == "flask"', {CAME: ["ROUTE-1 test_a on async [one]"]})
    ]
    another = replace(EVERYTHING, requirements=frozenset({"ROUTE-2"}))
    assert brief(revised(mine, [], PLAIN, another)) == [(WHY, 'backend == "flask"', listed)]


@pytest.mark.parametrize("outcome", [Outcome.UNVERIFIED, Outcome.BLOCKED])
def test_a_check_that_did_not_come_to_an_end_takes_no_entry_away_and_adds_none(
    mine: Implementation, outcome: Outcome
) -> None:
    lost = [replace(result, outcome=outcome) for result in fails("one", FLASK, FLASK_ASYNC)]
    assert brief(revised(mine, lost, PLAIN)) == [(WHY, 'backend == "flask"', {CAME: ["ROUTE-1 test_a [one]"]})]
    assert revised(mine, lost) == []


def test_a_check_that_was_not_collected_keeps_its_entries(mine: Implementation) -> None:
    nothing = Revision(CONTRACT, mine, BOUND, {}, {})
    before = read(mine, GOOD.replace(" [one]", ""))
    assert nothing.of(before, [], replace(EVERYTHING, requirements=frozenset({"ROUTE-2"}))) == before


def test_a_condition_over_versions_stays_as_it_is_while_the_run_bears_it_out(mine: Implementation) -> None:
    [cause] = revised(mine, fails("one", FLASK, FLASK_ASYNC), GOOD)
    assert cause["when"] == 'backend == "flask" and flask >= "3"'
    [cause] = revised(mine, [], GOOD.replace(">=", "<"))
    assert cause["when"] == 'backend == "flask" and flask < "3"'


def test_an_entry_about_versions_goes_where_the_run_speaks_against_it(mine: Implementation) -> None:
    when = 'backend == "flask" and flask >= "3"'
    assert brief(revised(mine, fails("one", FLASK), GOOD)) == [(WHY, when, {CAME: ["ROUTE-1 test_a on sync [one]"]})]
    assert brief(revised(mine, [], GOOD, replace(EVERYTHING, variants=(FLASK,)))) == [
        (WHY, when, {CAME: ["ROUTE-1 test_a on async [one]"]})
    ]


def test_a_ledger_that_says_what_a_run_found_is_not_touched(mine: Implementation) -> None:
    file = ledger.path_of(mine)
    text = "# as I like it\n" + GOOD.replace("\n", "\n\n")
    revised(mine, fails("one", FLASK, FLASK_ASYNC), text)
    assert file.read_text() == text
    file.unlink()
    write(Ledger(file), "mine")
    assert not file.exists()


@pytest.mark.parametrize("texts", [("a|b", "c]", "d [e"), ("'", '"', "\\u20ac", "\x7f"), ("x" * 70, "y" * 70, "é")])
def test_any_case_and_failure_is_read_as_it_was_written(mine: Implementation, texts: tuple[str, ...]) -> None:
    [entry] = read(mine, GOOD).entries
    entry = replace(entry, cases=texts, failure=" ".join(texts))
    written = Ledger(ledger.path_of(mine), (entry,))
    write(written, "mine")
    found = ledger_file.load(written.file).entries
    assert {each.failure for each in found} == {entry.failure}
    assert sorted(case for each in found for case in each.cases) == sorted(texts)
    assert "unchanged" in write(written, "mine")


EVERY = Variant.every()


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ([str(each) for each in EVERY], ()),
        ([str(each) for each in EVERY if each.asynchronous], ("async",)),
        (["flask-sync", "flask-async"], ("flask",)),
        (["flask-sync", "flask-async", "sanic-sync"], ("flask", "sanic-sync")),
        ([str(each) for each in EVERY if each.asynchronous or each.backend == "flask"], ("async", "flask")),
    ],
)
def test_variants_are_named_by_as_few_words_as_can_be(chosen: list[str], found: tuple[str, ...]) -> None:
    assert words(EVERY, [Variant.parse(each) for each in chosen]) == found


BREAKING = """
from utilmeta.utils.exceptions import MethodNotAllowed
MethodNotAllowed.status = 409
"""
OPTIONS = ("--requirement", "ERROR-1b", "--backend", "flask", "--mode", "sync")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """An implementation that is the reference but for the status where a method is not allowed."""
    (tmp_path / "breaking.py").write_text(BREAKING)
    file = tmp_path / "broken.toml"
    file.write_text(
        'name = "broken"\nreplays = 0\nvariants = ["flask-sync", "flask-async"]\n'
        'preload = ["utilmeta.core.server.application", "breaking"]\n[interpreter]\n'
        f'executable = "{{python}}"\npath = [".", "{PROJECT / "reference" / "src"}"]\n'
    )
    return file


def test_a_written_ledger_makes_known_what_failed_and_is_the_same_when_written_again(
    token: str, tmp_path: Path, broken: Path
) -> None:
    chosen = ("--implementation", str(broken), *OPTIONS)
    report, file = tmp_path / "report.json", tmp_path / "broken.ledger.toml"
    code, output = run_conformance(token, report, *chosen, "--write-ledger")
    assert code == 0, output
    assert f"ledger: {file}: 1 causes, 1 of them not explained yet\n" in output
    written = file.read_bytes()
    [cause] = tomllib.loads(written.decode())["cause"]
    assert list(cause["failures"]) == ["status: expected 405, came 409"]
    code, output = run_conformance(token, report, *chosen, "--write-ledger", "-n", "2")
    assert (code, file.read_bytes()) == (0, written), output

    file.write_text(written.decode().replace(UNEXPLAINED, "Its own words."))
    for workers in ("0", "2"):
        code, output = run_conformance(token, report, *chosen, "-x", "-n", workers)
        assert code == 0, output
        assert ", but for what its ledger lists: 1 verdict on 1 variant, nothing unverified, 1 known\n" in output
        assert "the first: ERROR-1b on flask-sync: Its own words.\n" in output
        assert "failed" not in output
    [verdict] = load(report).verdicts
    assert {entry.why for entry in verdict.incidents} == {"Its own words."}


def test_a_ledger_that_a_run_contradicts_fails_it_unless_the_failure_is_mended(
    token: str, tmp_path: Path, broken: Path
) -> None:
    chosen = ("--implementation", str(broken), *OPTIONS)
    report, file = tmp_path / "report.json", tmp_path / "broken.ledger.toml"
    assert run_conformance(token, report, *chosen, "--write-ledger")[0] == 0
    written = file.read_text()
    (tmp_path / "breaking.py").write_text(BREAKING.replace("409", "410"))
    code, output = run_conformance(token, report, *chosen)
    assert code == 1, output
    [verdict] = load(report).verdicts
    assert {(each.listed, each.outcome) for each in verdict.incidents} == {(True, Outcome.FAILED)}
    assert (
        "1 cause, the one behind most verdicts first (1 verdict that the ledger lists, but in another way):" in output
    )
    [details] = (tmp_path / "details").glob("test_error.*.txt")
    came = "    in the ledger: status: expected 405, came 409\n    came now:      status: expected 405, came 410\n"
    assert came in details.read_text()

    (tmp_path / "breaking.py").write_text("")
    code, output = run_conformance(token, report, *chosen)
    assert code == 0, output
    [verdict] = load(report).verdicts
    assert verdict.outcome is Outcome.PASSED
    assert {each.mended for each in verdict.incidents} == {True}
    code, output = run_conformance(token, report, *chosen, "--strict-ledger")
    assert code == 1, output
    assert f"--strict-ledger: {len(verdict.incidents)} listed cases pass; --write-ledger writes it anew." in output
    code, output = run_conformance(token, report, *chosen, "--strict-ledger", "--write-ledger")
    assert (code, "cause" in tomllib.loads(file.read_text())) == (0, False), output

    file.write_text(written.replace('["ERROR-1b', '["ERROR-1b [none]", "ERROR-1b'))
    code, output = run_conformance(token, report, *chosen, "-n", "2")
    assert code == 2, output
    assert "matches no check: none has a case 'none'. The cases: 'DELETE-/api/branch" in output
    assert "passed" not in output
    file.write_text(written.replace("ERROR-1b", "ERROR-1b test_no_other"))
    code, output = run_conformance(token, report, *chosen)
    assert code == 2, output
    assert "matches no check: those of ERROR-1b are test_another_method" in output


def test_a_ledger_is_not_written_from_a_run_that_leaves_checks_out(token: str, tmp_path: Path, broken: Path) -> None:
    options = ("--implementation", str(broken), "--write-ledger", "-k", "known_path")
    code, output = run_conformance(token, tmp_path / "report.json", *options)
    assert code == 2, output
    assert "--write-ledger writes what a run finds, and this one leaves checks out" in output


REFERENCE = implementation.find("reference")


def test_writing_the_ledger_of_an_implementation_without_failures_leaves_it_as_it_is(
    token: str, tmp_path: Path
) -> None:
    file = ledger.path_of(REFERENCE)
    before = file.read_bytes(), file.stat().st_mtime_ns
    options = ("--requirement", "ROUTE-1b", "--backend", "flask", "--mode", "sync", "--write-ledger")
    code, output = run_conformance(token, tmp_path / "report.json", *options)
    assert (code, (file.read_bytes(), file.stat().st_mtime_ns)) == (0, before), output
