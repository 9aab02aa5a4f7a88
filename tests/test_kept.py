"""Demonstrations of what an implementation keeps, on the reference and on broken ones, beside a report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.__main__ import main
from conformance.contract import requirement
from conformance.contract.variant import Variant
from conformance.foundation.exceptions import BadUsage
from conformance.measurements import kept
from conformance.measurements.demonstrations import Demonstration, demonstrations
from conformance.target.implementation import find
from conformance.trust.mutant import MUTANTS

FLASK = Variant.parse("flask-async")


def chosen(*requirements: str) -> list[Demonstration]:
    return [each for each in demonstrations() if set(each.keeps) & set(requirements)]


def test_each_demonstration_shows_requirements_of_the_contract() -> None:
    contract = requirement.load()
    assert [name for each in demonstrations() for name in each.keeps if name not in contract] == []
    assert all(each.asks or each.show or each.program for each in demonstrations())


def test_a_demonstration_shows_what_is_kept_and_not_what_is_broken() -> None:
    some = chosen("ROUTE-1b", "REQUEST-13b", "ENV-2", "SERVICE-5a", "RESPONSE-2a")
    shown = list(kept.measure(find("reference"), [FLASK], some))
    assert [entry.against for entry in shown] == [""] * len(shown)
    assert {"ROUTE-1b", "REQUEST-13b", "ENV-2", "SERVICE-5a", "RESPONSE-2a"} <= {entry.requirement for entry in shown}
    broken = list(
        kept.measure(find("reference"), [FLASK], chosen("ROUTE-1b"), [MUTANTS / "route" / "get_at_its_name.py"])
    )
    assert [(entry.requirement, entry.kept) for entry in broken] == [("ROUTE-1b", False)]
    assert "GET /api: status 404" in broken[0].against
    told = list(kept.measure(find("reference"), [FLASK], chosen("ENV-2"), [MUTANTS / "env" / "names_to_the_letter.py"]))
    assert [entry.kept for entry in told] == [False]


def test_what_is_kept_and_red_in_a_report_is_told() -> None:
    shown = [
        kept.Shown("A-1", FLASK),
        kept.Shown("A-2", FLASK),
        kept.Shown("A-3", FLASK, "status 500"),
        kept.Shown("A-4", FLASK),
    ]
    outcomes = {("A-1", "flask-async"): "passed", ("A-2", "flask-async"): "failed", ("A-3", "flask-async"): "failed"}
    red, number = kept.compared(shown, outcomes)
    assert [entry.requirement for entry in red] == ["A-2"]
    assert number == 2


def test_a_file_that_is_no_report_is_named(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(json.dumps({"schema": 1}))
    with pytest.raises(BadUsage, match=r"report\.json is no report of a whole run"):
        kept.outcomes(file)
    assert main(["kept", "--report", str(file)]) == 2
    assert main(["kept", "--variant", "flsk-sync"]) == 2
