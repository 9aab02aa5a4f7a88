"""Where a run writes until it has ended."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from conformance.plugin.workspace import Workspace


def finished(report: Path, name: str) -> Workspace:
    """A workspace that holds all that a run writes; its texts are the name."""
    space = Workspace(report, report.parent / name)
    space.begin()
    for file in (f"evidence/flask-sync/{name}.jsonl", "details/test_a.test_b.txt", "report.json"):
        place = space.folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(name)
    return space


def files(folder: Path) -> dict[str, str]:
    return {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*") if file.is_file()}


def test_what_a_run_wrote_takes_the_place_of_what_the_last_one_wrote_and_of_nothing_else(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    own = {"details/mine.md": "mine", "evidence/mine.txt": "mine", "mine.txt": "mine"}
    for name, text in own.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    for name in ("one", "two"):
        space = finished(report, name)
        space.publish()
        space.discard()
    written = {"evidence/flask-sync/two.jsonl": "two", "details/test_a.test_b.txt": "two", "report.json": "two"}
    assert files(tmp_path) == {**own, **written}


def test_a_run_that_did_not_end_leaves_everything_as_it_was(tmp_path: Path) -> None:
    report = tmp_path / "reports" / "report.json"
    finished(report, "one").publish()
    before = files(report.parent)
    finished(report, "two").discard()
    assert files(report.parent) == before


def test_two_runs_that_end_at_once_do_not_mix(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    for turn in range(20):
        spaces = [finished(report, f"{name}{turn}") for name in ("one", "two")]
        threads = [threading.Thread(target=space.publish) for space in spaces]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for space in spaces:
            space.discard()
        assert len(set(files(tmp_path).values())) == 1


def test_the_folder_of_a_run_that_was_killed_is_removed_by_the_next(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    killed, running = tmp_path / ".run-999999999", tmp_path / f".run-{os.getppid()}"
    for folder in (killed, running):
        folder.mkdir()
    Workspace.beside(report).begin()
    assert {folder.name for folder in tmp_path.iterdir()} == {running.name, f".run-{os.getpid()}"}


@pytest.mark.parametrize("evidence", [True, False])
def test_evidence_that_was_kept_elsewhere_is_left_alone(tmp_path: Path, evidence: bool) -> None:
    report = tmp_path / "report.json"
    finished(report, "one").publish()
    space = finished(report, "two")
    if not evidence:
        (space.evidence / "flask-sync" / "two.jsonl").unlink()
        (space.evidence / "flask-sync").rmdir()
        space.evidence.rmdir()
    space.publish()
    assert (tmp_path / "evidence/flask-sync/one.jsonl").exists() is not evidence
