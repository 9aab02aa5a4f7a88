"""Builds the report of a run from its verdicts and from what the agents saw, writes it and prints it."""

from __future__ import annotations

import datetime
import platform
import subprocess
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from conformance import __version__
from conformance.contract.requirement import EDITION, Contract, Requirement
from conformance.contract.variant import Variant
from conformance.judging.verdict import Verdict
from conformance.plugin.run import Run
from conformance.target.implementation import Implementation
from conformance.target.target import Target
from conformance.trust import kill_matrix, mutant, variation, variation_report
from matrix import details
from matrix import header as report_header
from matrix import report as report_file

PROJECT = Path(__file__).parents[2]

Facts = dict[str, Any]

MOST_LINES = 120  # that a run prints, unless it is asked for details
LINES_OF_PYTEST = 18  # of them: where it runs, its workers, its last line, and what the harness says on the way


def facts_of(target: Target | None) -> Facts:
    """Return what a worker sends to the controller about a target: versions, server, HTTP parser, event loop."""
    if target is None or not target.facts:
        return {}
    facts = {
        "python": target.facts["python"],
        "versions": target.facts["versions"],
        "distributions": target.facts["distributions"],
    }
    return {**facts, **target.serving_facts}


def versions_of(facts: Facts) -> dict[str, str]:
    """Return the versions among the facts, by distribution and `python`, as a ledger's conditions name them."""
    return {**facts.get("versions", {}), **({"python": facts["python"]} if "python" in facts else {})}


class Reporting:
    """The report of one run: completed by the verdicts, written when the run has ended, printed at the end."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.started = _now()
        self.clock = time.monotonic()
        self.facts: dict[Variant, Facts] = {variant: {} for variant in run.scope.variants}
        self.report: report_file.Report | None = None

    def saw(self, variant: Variant, facts: Facts) -> None:
        """Add what a worker reported about a variant."""
        self.facts.setdefault(variant, {}).update(facts)

    def end(
        self, verdicts: Sequence[Verdict], controlled: Collection[str], tracebacks: Mapping[str, str]
    ) -> report_file.Report:
        """Build the report, and write it with its details in place of those of the last run.

        `controlled` are the checks put to the oracle, `tracebacks` texts of pytest by check.
        """
        header = self._header(verdicts, controlled)
        self.report = report_file.Report.of(header, verdicts, _now(), round(time.monotonic() - self.clock, 1))
        workspace = self.run.workspace
        details.write(self.report, workspace.details, tracebacks)
        report_file.dump(self.report, workspace.folder / self.run.report.name)
        workspace.publish()
        return self.report

    def show(self, all_details: bool, lines: int) -> None:
        """Print the report, so that with `lines` of progress and what pytest prints a run has MOST_LINES at most."""
        if self.report is None:
            return
        from matrix.terminal import Place, console_for, show, show_details

        console = console_for(sys.stdout)
        console.print()
        if all_details:
            show_details(self.report, console, Place(self.run.report))
        else:
            show(self.report, console, Place(self.run.report), MOST_LINES - LINES_OF_PYTEST - lines)

    def _header(self, verdicts: Sequence[Verdict], controlled: Collection[str]) -> report_header.Header:
        run = self.run
        checks = {check for verdict in verdicts for check in verdict.checks}
        judged = {verdict.requirement for verdict in verdicts}
        distributions = [entry for facts in self.facts.values() for entry in facts.get("distributions", ())]
        provider = (
            distributions[0] if distributions else {"name": report_header.UNKNOWN, "version": report_header.UNKNOWN}
        )
        pythons = {facts["python"] for facts in self.facts.values() if "python" in facts}
        return report_header.Header(
            contract=report_header.Contract(EDITION, run.contract.hash),
            harness=report_header.Harness("utilmeta-conformance", __version__, _commit()),
            implementation=report_header.Implementation(
                run.implementation.name,
                provider["name"],
                provider["version"],
                run.implementation.features_not_offered,
                run.implementation.variants_not_offered,
            ),
            python=", ".join(sorted(pythons)) or platform.python_version(),
            platform=platform.platform(),
            started=self.started,
            seed=run.seed,
            level=run.selection.level.value,
            selection=report_header.Selection(
                run.selection.backends, run.selection.modes, run.selection.requirements, run.selection.checks
            ),
            mutants=_mutants(run.contract),
            variations=variation_report.last(mutant.basis(run.contract, variation.VARIATIONS)),
            variants=tuple(_stamp(variant, facts) for variant, facts in self.facts.items()),
            requirements={
                entry.id: _requirement(entry, run.implementation)
                for entry in run.contract
                if entry.id in (judged if run.scope.narrowed else run.selected)
            },
            control=report_header.Control(len(checks & set(controlled)), len(checks - set(controlled))),
        )


def _requirement(entry: Requirement, implementation: Implementation) -> report_header.Requirement:
    return report_header.Requirement(
        chapter=entry.chapter,
        keyword=entry.keyword.value,
        source=entry.source.value,
        sentence=entry.sentence,
        variants=tuple(
            str(variant) for variant in Variant.every(implementation.backends) if entry.applies.holds(variant)
        ),
        needs=tuple(sorted(entry.needs)),
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


def _mutants(contract: Contract) -> report_header.Mutants | None:
    """Counts of the last kill matrix, None unless it was made with the present checks."""
    found = kill_matrix.last(mutant.basis(contract))
    return None if found is None else report_header.Mutants(*found)


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
