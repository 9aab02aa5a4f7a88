"""Turns verdicts into a report: the header from what the agents saw, the file, the matrix on the terminal."""

from __future__ import annotations

import datetime
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from conformance import __version__
from conformance.implementation import Implementation
from conformance.judgement import Scope
from conformance.requirement import EDITION, Contract
from conformance.selection import Selection
from conformance.target import Target
from conformance.variant import Variant
from conformance.verdict import Verdict
from matrix import header as report_header
from matrix import report as report_file
from matrix.terminal import console_for, summary

PROJECT = Path(__file__).parent.parent
REPORTS = Path("reports")

Facts = dict[str, Any]


def facts_of(target: Target | None) -> Facts:
    """What a worker tells about a target, with every check that used it: versions, server, HTTP parser, event loop."""
    if target is None or not target.facts:
        return {}
    facts = {
        "python": target.facts["python"],
        "versions": target.facts["versions"],
        "distributions": target.facts["distributions"],
    }
    return {**facts, **target.serving_facts}


class Reporting:
    """The report of one run, from its first moment to what is printed at its end."""

    def __init__(self, implementation: Implementation, contract: Contract, selection: Selection, scope: Scope) -> None:
        self.implementation = implementation
        self.contract = contract
        self.selection = selection
        self.scope = scope
        self.started = _now()
        self.clock = time.monotonic()
        self.facts: dict[Variant, Facts] = {variant: {} for variant in scope.variants}
        self.report: report_file.Report | None = None
        self.file: Path | None = None

    def path(self, chosen: str | None) -> Path:
        """Where the report goes."""
        return Path(chosen) if chosen else REPORTS / self.implementation.name / "report.json"

    def begin(self, chosen: str | None) -> None:
        """Leave a report without footer, so that a run that never ends is not taken for the one before it."""
        report_file.begin(self.path(chosen))

    def saw(self, variant: Variant, facts: Facts) -> None:
        """Remember what a worker told about a variant."""
        self.facts.setdefault(variant, {}).update(facts)

    def end(self, verdicts: Iterable[Verdict], chosen: str | None) -> report_file.Report:
        """Build the report, and write it unless only some checks were asked for."""
        self.report = report_file.Report.of(self._header(), verdicts, _now(), round(time.monotonic() - self.clock, 1))
        if not self.scope.narrowed:
            self.file = self.path(chosen)
            report_file.dump(self.report, self.file)
        return self.report

    def show(self) -> None:
        """Print the matrix, and where the report is."""
        if self.report is None:
            return
        console = console_for(sys.stdout)
        console.print()
        summary(self.report, console)
        if self.file is not None:
            console.print(f"report: {self.file}", markup=False)

    def _header(self) -> report_header.Header:
        distributions = [entry for facts in self.facts.values() for entry in facts.get("distributions", ())]
        provider = distributions[0] if distributions else {"name": "?", "version": "?"}
        pythons = {facts["python"] for facts in self.facts.values() if "python" in facts}
        return report_header.Header(
            contract=report_header.Contract(EDITION, self.contract.hash),
            harness=report_header.Harness("utilmeta-conformance", __version__, _commit()),
            implementation=report_header.Implementation(
                self.implementation.name, provider["name"], provider["version"]
            ),
            python=", ".join(sorted(pythons)) or platform.python_version(),
            platform=platform.platform(),
            started=self.started,
            selection=report_header.Selection(
                self.selection.backends, self.selection.modes, self.selection.requirements
            ),
            variants=tuple(_stamp(variant, facts) for variant, facts in self.facts.items()),
            requirements={
                entry.id: report_header.Requirement(entry.chapter, entry.keyword.value, entry.sentence)
                for entry in self.contract
                if entry.id in self.scope.requirements
            },
        )


def _stamp(variant: Variant, facts: Mapping[str, Any]) -> report_header.VariantStamp:
    return report_header.VariantStamp(
        backend=variant.backend,
        mode=variant.mode.value,
        frameworks=facts.get("versions", {}),
        server=facts.get("server"),
        http_parser=facts.get("http_parser"),
        event_loop=facts.get("event_loop"),
    )


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")


def _commit() -> str | None:
    """The commit of the harness's checkout, None where there is none."""
    try:
        done = subprocess.run(
            ["git", "-C", str(PROJECT), "rev-parse", "HEAD"], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
