"""Builds the report of a run from its verdicts and from what the agents saw, writes it and prints the matrix."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from conformance import __version__
from conformance.contract.requirement import EDITION, Contract
from conformance.contract.variant import Variant
from conformance.judging.judgement import Scope
from conformance.judging.selection import Selection
from conformance.judging.verdict import Verdict
from conformance.target.implementation import Implementation
from conformance.target.target import Target
from conformance.trust import kill_matrix, mutant
from matrix import header as report_header
from matrix import report as report_file

PROJECT = Path(__file__).parents[2]

Facts = dict[str, Any]


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
    """The report of one run: begun as a file without a footer, completed by the verdicts, printed at the end."""

    def __init__(
        self,
        implementation: Implementation,
        contract: Contract,
        selection: Selection,
        scope: Scope,
        seed: int,
        file: Path,
    ) -> None:
        self.implementation = implementation
        self.contract = contract
        self.selection = selection
        self.scope = scope
        self.seed = seed
        self.file = file
        self.started = _now()
        self.clock = time.monotonic()
        self.facts: dict[Variant, Facts] = {variant: {} for variant in scope.variants}
        self.report: report_file.Report | None = None

    def begin(self) -> None:
        """Write a report without a footer, so that an interrupted run is not taken for the one before it."""
        if not self.scope.narrowed:
            report_file.begin(self.file)

    def saw(self, variant: Variant, facts: Facts) -> None:
        """Add what a worker reported about a variant."""
        self.facts.setdefault(variant, {}).update(facts)

    def end(self, verdicts: Sequence[Verdict], controlled: Collection[str]) -> report_file.Report:
        """Build the report, and write it unless only some checks were asked for; `controlled` are put to the oracle."""
        header = self._header({check for verdict in verdicts for check in verdict.checks}, controlled)
        self.report = report_file.Report.of(header, verdicts, _now(), round(time.monotonic() - self.clock, 1))
        if not self.scope.narrowed:
            report_file.dump(self.report, self.file)
        return self.report

    def show(self) -> None:
        """Print the matrix, and where the report is."""
        if self.report is None:
            return
        from matrix.terminal import console_for, summary

        console = console_for(sys.stdout)
        console.print()
        summary(self.report, console)
        if not self.scope.narrowed:
            console.print(f"report: {os.path.relpath(self.file)}", markup=False)
        console.print(f"seed: {self.seed} (--seed {self.seed} draws the same values again)", markup=False)

    def _header(self, checks: set[str], controlled: Collection[str]) -> report_header.Header:
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
            seed=self.seed,
            selection=report_header.Selection(
                self.selection.backends, self.selection.modes, self.selection.requirements
            ),
            mutants=_mutants(self.contract),
            variants=tuple(_stamp(variant, facts) for variant, facts in self.facts.items()),
            requirements={
                entry.id: report_header.Requirement(entry.chapter, entry.keyword.value, entry.sentence)
                for entry in self.contract
                if entry.id in self.scope.requirements
            },
            control=report_header.Control(len(checks & set(controlled)), len(checks - set(controlled))),
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
