"""A small implementation as an outsider begins one (tests/fakes/mini): what its first runs say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conformance.contract.requirement import Level, load
from matrix.report import load as load_report
from tests.conftest import FAKES
from tests.plugin.test_run import judge, token

__all__ = ["token"]

MINI = str(FAKES / "mini.toml")
FOUR = ("SERVICE-20a", "SERVICE-17a", "PREFERENCE-1a", "CONFIG-2")
"""What is wrong in it behind the first fault, which hides them, in the order in which they are mended."""


def judged(token: str, folder: Path, monkeypatch: pytest.MonkeyPatch, mended: int, *options: str) -> tuple[str, int]:
    """The output of a run with so many faults mended, and how many requirements of the page it keeps."""
    monkeypatch.setenv("MINI_MENDED", str(mended))
    report = folder / str(mended) / "report.json"
    code, output = judge(token, report, "--implementation", MINI, "--level", "page", *options)
    assert code == 1, output
    [figure] = re.findall(r"^page (\d+)/\d+$", output, re.MULTILINE)
    return output, int(figure)


def test_a_first_run_fits_on_a_screen_and_leads_to_the_right_first_change(
    token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, kept = judged(token, tmp_path, monkeypatch, 0, "-n", "2")
    assert len(output.splitlines()) <= 120, output
    _, _, mend = output.partition("mend this first: ")
    assert mend.startswith("status: expected 200, came 404\n"), output
    assert "  BACKEND-1 MUST " in mend, output
    assert "details: " in mend, output
    assert "not offered: client, orm, redis; django, flask-async, starlette, fastapi, sanic, tornado" in output
    assert "does not conform at level page, of what it offers (exit code 1)" in output
    [details] = re.findall(r"details: (\S*test_backend\S*)", mend)
    assert "GET /api/hello" in (Path(__file__).parents[2] / details).read_text() or "404" in mend
    outcomes = [verdict.outcome.value for verdict in load_report(tmp_path / "0" / "report.json").verdicts]
    assert outcomes.count("blocked") > outcomes.count("failed") > 0, "one cause is behind most of it"
    assert kept == outcomes.count("passed")


def test_each_change_raises_the_figure(token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contract = load()
    assert all(Level.PAGE.holds(contract[name].source) for name in FOUR)
    chosen = [f"--requirement={name}" for name in ("BACKEND-1", *FOUR, "TIME-3")]
    figures = [judged(token, tmp_path, monkeypatch, mended, *chosen)[1] for mended in range(6)]
    assert figures == sorted(set(figures)), figures
    assert len(figures) == 6
