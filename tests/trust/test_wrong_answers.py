"""Checks that no oracle controls, put to the reference with successes of wrong bodies: each has to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.evidence import records
from tests.plugin.test_run import judge, token

__all__ = ["token"]

CHAPTERS = ("API", "REQUEST", "RESPONSE", "PLUGIN")

# Checks of which some case asks for nothing but the status or a header.
INDIFFERENT = {
    "test_api.py::test_an_endpoint_that_takes_too_long_is_answered_503",
    "test_api.py::test_it_is_answered_when_its_time_is_over",
    "test_api_generic.py::test_so_it_is_in_hooks",
    "test_plugin.py::test_no_after_hook_runs_after_an_error",
}


@pytest.mark.parametrize("kind", ["another", "another kind"])
def test_no_check_of_the_language_lets_a_wrong_body_pass(
    token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    cases = tmp_path / "cases"
    monkeypatch.setenv("WRONG_ANSWERS", kind)
    monkeypatch.setenv("WRONG_CASES", str(cases))
    chosen = [f"--requirement={chapter}" for chapter in CHAPTERS]
    options = ("-p", "tests.fakes.wrong_answers", "--backend=flask", "--mode=sync", "--replays=0", *chosen)
    code, output = judge(token, tmp_path / "report.json", *options)
    assert code == 1, output
    wrong = set(cases.read_text(encoding="utf-8").splitlines())
    found = [record for file in (tmp_path / "evidence").glob("*/*.jsonl") for record in records.read(file)]
    assert len(wrong) > 100, "hardly any check was put to a wrong answer"
    passed = {record.node.partition("[")[0] for record in found if record.node in wrong and record.outcome != "failed"}
    assert sorted(passed - INDIFFERENT) == []
