"""Files of details."""

from __future__ import annotations

from pathlib import Path

from conformance.judging.failure import Failure, Kind
from conformance.judging.verdict import Outcome
from matrix import details
from tests.matrix.samples import incident, report, verdict


def test_each_check_that_did_not_pass_has_a_file_and_the_causes_have_one(tmp_path: Path) -> None:
    broken = incident(Outcome.FAILED, failure=Failure(Kind.STATUS, "", "404", "200"), reason="\x1b]0;title\x07")
    said = report(
        verdict("HOOK-2", "flask-sync", Outcome.FAILED, broken),
        verdict("HOOK-2", "sanic-async", Outcome.FAILED, broken),
        verdict("HOOK-3", "flask-sync", Outcome.WARNED, incident(Outcome.WARNED, "test_hook.py::test_other")),
    )
    assert details.write(said, tmp_path, {"test_hook.py::test_it_runs_once": "line 7\x07"})
    files = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    assert set(files) == {"test_hook.test_it_runs_once.txt", "test_hook.test_other.txt", "causes.txt"}
    text = files["test_hook.test_it_runs_once.txt"]
    assert text.startswith("test_hook.py::test_it_runs_once\n  HOOK-2 MUST  The promise of HOOK-2 holds.\n")
    assert text.endswith("\nwhere it failed first:\nline 7\\x07\n")
    assert "\x07" not in text
    assert files["causes.txt"] == (
        "status: expected 404, came 200\n  HOOK-2: flask-sync, sanic-async\n  pytest conformance -k once\n"
    )
    (tmp_path / "own.txt").touch()
    details.clear(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["own.txt"]


def test_where_all_passed_there_are_no_details(tmp_path: Path) -> None:
    assert not details.write(report(verdict("HOOK-2", "flask-sync")), tmp_path / "details", {})
    assert not (tmp_path / "details").exists()
