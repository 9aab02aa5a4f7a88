"""Checks that no oracle controls, put to the reference with wrong answers: each has to fail by an assertion."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.evidence import records
from conformance.judging.verdict import Outcome
from tests.plugin.test_run import judge, token

__all__ = ["token"]

CHAPTERS = ("API", "REQUEST", "RESPONSE", "PLUGIN")
COMPARING = {
    f"test_native_api.py::test_what_was_put_in_answers_as_a_service_does[flask-sync-{way}]" for way in ("as", "adapt")
}
"""A check that compares the answers of two services, and sees nothing that is wrong with both."""


@pytest.mark.parametrize("kind", ["another", "another kind", "another answer"])
def test_no_check_of_the_language_lets_a_wrong_answer_pass_or_a_wrong_body_that_it_reads(
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
    passed = {record.node for record in found if record.node in wrong and record.outcome != Outcome.FAILED.value}
    assert passed - COMPARING == set()
