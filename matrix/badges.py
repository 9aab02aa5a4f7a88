"""Badges: a shields.io endpoint file for each backend, for both of its modes (https://shields.io/badges/endpoint-badge)."""

from __future__ import annotations

import json
from pathlib import Path

from conformance.foundation.untrusted_text import one_line
from conformance.judging.verdict import Outcome
from matrix.counts import Counts
from matrix.report import Report

COLOURS = {
    Outcome.PASSED: "brightgreen",
    Outcome.KNOWN: "yellow",
    Outcome.WARNED: "yellow",
    Outcome.BLOCKED: "red",
    Outcome.UNVERIFIED: "lightgrey",
    Outcome.FAILED: "red",
}
BOTH_MODES = {"sync", "async"}


def badges(report: Report) -> dict[str, dict[str, str | int]]:
    """Return the badge of each backend in the report, by name, in the form that shields.io reads.

    The message is `78/78 · 0.1.0 · 2026-11-22`: passed of all, the version of the harness, the day the run finished.
    A run that was limited to some requirements or to one mode has not verified the rest: its message says `3/3 of a
    part`, and it is never green.
    """
    backends = dict.fromkeys(stamp.backend for stamp in report.header.variants)
    return {backend: _badge(report, backend) for backend in backends}


def write(report: Report, folder: Path) -> list[Path]:
    """Write `<backend>.json` for each backend to `folder`, which is made where it is missing; returns the files.

    Raises OSError where a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for backend, badge in badges(report).items():
        files.append(folder / f"{backend}.json")
        files[-1].write_text(json.dumps(badge, ensure_ascii=False) + "\n", "utf-8")
    return files


def _badge(report: Report, backend: str) -> dict[str, str | int]:
    counts = Counts.of(verdict for verdict in report.verdicts if verdict.backend == backend)
    passed = f"{counts.passed}/{counts.total}"
    outcome = counts.worst
    if _partial(report):
        passed += " of a part"
        outcome = max(outcome, Outcome.UNVERIFIED, key=lambda said: said.severity)
    return {
        "schemaVersion": 1,
        "label": f"utilmeta on {backend}",
        "message": f"{passed} · {one_line(report.header.harness.version)} · {report.footer.finished[:10]}",
        "color": COLOURS[outcome],
    }


def _partial(report: Report) -> bool:
    selection = report.header.selection
    return bool(selection.requirements) or set(selection.modes) not in (set(), BOTH_MODES)
