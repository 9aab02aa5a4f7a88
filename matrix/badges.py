"""Badges: a shields.io endpoint file for each backend, for both of its modes (https://shields.io/badges/endpoint-badge)."""

from __future__ import annotations

import json
from pathlib import Path

from conformance.foundation.untrusted_text import one_line
from conformance.judging.verdict import Outcome
from matrix.counts import Counts
from matrix.levels import figures, missing_promises
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

    The message is `page 58/62 · full 120/300 · 0.1.0 · 2026-11-22`: the requirements that the backend keeps of the page
    and of the level that was judged, the version of the harness, the day the run finished. A run that was limited to
    some requirements, checks or one mode has not verified the rest: its message says `of a part`, and it is never
    green. Neither is a backend without a feature that the page promises.
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
    verdicts = tuple(verdict for verdict in report.verdicts if verdict.backend == backend)
    outcome = Counts.of(verdicts).worst
    if outcome.severity < Outcome.BLOCKED.severity and missing_promises(report.header, backend):
        outcome = Outcome.BLOCKED
    shown = figures(report.header, verdicts, backend)
    kept = " · ".join(map(str, dict.fromkeys([shown[0], shown[-1]])))
    if _partial(report):
        kept += " of a part"
        outcome = max(outcome, Outcome.UNVERIFIED, key=lambda said: said.severity)
    return {
        "schemaVersion": 1,
        "label": f"utilmeta on {backend}",
        "message": f"{kept} · {one_line(report.header.harness.version)} · {report.footer.finished[:10]}",
        "color": COLOURS[outcome],
    }


def _partial(report: Report) -> bool:
    selection = report.header.selection
    chosen = selection.requirements or selection.checks
    return bool(chosen) or set(selection.modes) not in (set(), BOTH_MODES)
