"""The run of variations, `pytest conformance --variations`: every check with freedoms that its requirement leaves."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance.contract.check import CHECKS
from conformance.contract.node_id import NodeId
from conformance.evidence import rerun
from conformance.foundation.exceptions import HarnessError, MutantBroken
from conformance.foundation.exit_codes import ExitCode
from conformance.foundation.untrusted_text import printable
from conformance.plugin.controller import Controller
from conformance.plugin.run import Run, is_check, mutant_of, node_of, place_of, run_key, variant_of
from conformance.trust.mutant import basis
from conformance.trust.variation import VARIATIONS, Combination
from conformance.trust.variation_report import FILE, Fate, Trial, VariationReport

_PROPERTY = "trial"
MOST_CHECKS = 40  # that are run again with each variation of their combination alone
SECONDS = 300.0  # for all of these
MOST_LINES = 100  # of a summary; all of it is in the file


class Varying:
    """Pytest plugin of each process that runs checks: records how each case ended.

    In a whole run a failure passes, as the controller shows it. With `--variation` it fails, with all that pytest
    knows of it. Once a check has failed with a variation that breaks its requirement, its other cases are skipped.
    """

    def __init__(self) -> None:
        self.shown: set[tuple[str, str]] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        change = mutant_of(item) if is_check(item) else None
        if change is not None and (place_of(node_of(item))[0], change.name) in self.shown:
            pytest.skip("it has failed already, as the variation says")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        change = mutant_of(item) if is_check(item) else None
        if not isinstance(change, Combination) or report.skipped:
            return report
        run = item.config.stash[run_key]
        node = node_of(item)
        check, _ = place_of(node)
        fate = _fate(call.excinfo.value if call.excinfo else None)
        if report.when == "call" or fate is not Fate.PASSED:
            reason = "" if call.excinfo is None else _reason(call.excinfo.value)
            trial = [check, node, str(variant_of(item)), change.name, fate.value, reason]
            report.user_properties = [(_PROPERTY, printable_all(trial))]
            expected = any(member.breaks & set(run.bound[check]) for member in change.members)
            if fate is not Fate.PASSED and expected:
                self.shown.add((check, change.name))
            if expected or not item.config.getoption("variation"):
                report.outcome = "passed"
        return report


def printable_all(parts: Sequence[str]) -> list[str]:
    """Return the texts as they can be sent by xdist, and shown."""
    return [printable(part) for part in parts]


def _fate(error: BaseException | None) -> Fate:
    if error is None:
        return Fate.PASSED
    if isinstance(error, MutantBroken):
        return Fate.BROKEN
    return Fate.FAILED if isinstance(error, (AssertionError, pytest.fail.Exception)) else Fate.UNVERIFIED


def _reason(error: BaseException) -> str:
    own = isinstance(error, (AssertionError, pytest.fail.Exception))
    return str(error) if own else f"{type(error).__name__}: {error}"


class Freedoms:
    """Pytest plugin of an implementation with `variations`: says at the end which ones the run's seed drew."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for variant in self.run.scope.variants:
            names = ", ".join(member.name for member in self.run.freedoms(variant).members)
            terminalreporter.write_line(f"{variant} with {names}")


class VaryingController(Controller):
    """Pytest plugin of the process that the user started: collects trials, finds what is to blame, reports, exits."""

    def __init__(self, config: pytest.Config, run: Run) -> None:
        super().__init__(config, run)
        self.trials: list[Trial] = []
        self.found: VariationReport | None = None
        chosen = config.getoption("report")
        self.file = FILE if chosen is None else Path(chosen)

    def begin(self) -> None:
        """Keep the reports and evidence of earlier runs, which are about the reference as it is."""

    @property
    def whole(self) -> bool:
        """Whether every check ran with every variation; only then is the report written where it is published."""
        chosen = self.config.getoption("variation") or self.run.selection.requirements
        return not (chosen or self.narrowed)

    @property
    def narrowed(self) -> bool:
        """Whether the run leaves out some checks, or some of their combinations."""
        return self.run.scope.narrowed or bool(self.config.getoption("shard"))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        found: Any = dict(report.user_properties).get(_PROPERTY)
        if found is None:
            self._saw_other(report)
            return
        check, node, variant, change, fate, reason = found
        self.trials.append(Trial(check, node, variant, change, Fate(fate), reason))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.config.option.collectonly:
            super().pytest_sessionfinish(session, exitstatus)
            return
        if self._interrupted(exitstatus) or not self.trials:
            self._exit(session, ExitCode.UNVERIFIED if self.cases else ExitCode.BAD_USAGE)
            return
        run = self.run
        loaded = {
            pairing.mutant.name: pairing.mutant
            for pairings in run.pairings.values()
            for pairing in pairings
            if isinstance(pairing.mutant, Combination)
        }
        found = VariationReport(
            run.contract,
            run.variations,
            loaded,
            run.bound,
            tuple(self.trials),
            run.scope.requirements,
            self.narrowed,
        )
        if not self.config.getoption("variation"):
            found = replace(found, blame=self._blame(found))
        self.found = found
        if self.whole or self.config.getoption("report"):
            found.write(basis(run.contract, VARIATIONS), run.seed, self.file)
        self._exit(session, ExitCode.DOES_NOT_CONFORM if found.problems else ExitCode.CONFORMS)

    def _blame(self, found: VariationReport) -> dict[str, tuple[str, ...]]:
        """Run the first case of each check that failed with a combination again, with each of its variations alone.

        Returns by its node id the variations that it fails with. None is named where it fails without any.
        """
        first: dict[tuple[str, str], Trial] = {}
        for trial in found.unexpected:
            first.setdefault((trial.check, trial.change), trial)
        trials = list(first.values())[:MOST_CHECKS]
        if not trials:
            return {}
        self._say(f"\n{len(first)} checks failed with a combination: finding out which variation each is about")
        alone = {
            trial.node: {
                str(replace(_parsed(trial.node), mutant=member.name)): member.name
                for member in found.loaded[trial.change].members
            }
            for trial in trials
        }
        try:
            failing = self._failing(alone)
            controls = {trial.node: str(replace(_parsed(trial.node), mutant="")) for trial in trials}
            chosen = self.config.getoption("implementation")
            outcomes = rerun.rerun(list(dict.fromkeys(controls.values())), chosen, self.run.again, SECONDS)
        except HarnessError as error:
            self._say(f"not found out: {error}")
            return {}
        blame: dict[str, tuple[str, ...]] = {}
        for node, singles in alone.items():
            guilty = tuple(name for single, name in singles.items() if single in failing)
            if outcomes[controls[node]].outcome != Fate.PASSED.value:
                blame[node] = ()
            elif guilty:
                blame[node] = guilty
        return blame

    def _failing(self, alone: dict[str, dict[str, str]]) -> set[str]:
        """Run cases with one variation each, in another pytest; return the node ids of those that fail."""
        names = dict.fromkeys(name for singles in alone.values() for name in singles.values())
        nodes = dict.fromkeys(node for singles in alone.values() for node in singles)
        with tempfile.TemporaryDirectory(prefix="conformance-variations-") as folder:
            file = Path(folder) / "variations.json"
            options = ["-p", "conformance.plugin.hooks", "-p", "no:cacheprovider", "-q", "-n", str(os.cpu_count() or 1)]
            command = [
                sys.executable,
                "-c",
                rerun.PYTEST,
                *options,
                "--variations",
                f"--report={file}",
                *self.run.again,
            ]
            # The combinations, and so the variant of each variation, are drawn by the seed as it was given.
            command = [part for part in command if not part.startswith("--seed")] + self._seed()
            command += [f"--implementation={self.config.getoption('implementation')}"]
            command += [f"--variation={name}" for name in names]
            _, output = rerun.run_pytest([*command, *(str(CHECKS / node) for node in nodes)], SECONDS)
            if not file.is_file():
                raise HarnessError(f"the other pytest left no report. The end of its output:\n{output[-2000:]}")
            return {entry["node"] for entry in json.loads(file.read_text(encoding="utf-8"))["surprises"]}

    def _seed(self) -> list[str]:
        given = self.config.getoption("seed")
        return [] if given is None else [f"--seed={given}"]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.found is not None:
            lines = self.found.summary().splitlines()
            for surprise in self.found.surprises:
                for name in surprise.blame[:1]:
                    lines.append(f"again: {self._again(name, surprise.trial)}")
            terminalreporter.write_line("")
            for line in lines[:MOST_LINES]:
                terminalreporter.write_line(printable(line))
            if len(lines) > MOST_LINES:
                terminalreporter.write_line(f"and {len(lines) - MOST_LINES} more lines")
            if self.whole or self.config.getoption("report"):
                terminalreporter.write_line(f"variations: {self.file}")
        self.tell_others(terminalreporter)

    def _again(self, name: str, trial: Trial) -> str:
        """The command that runs a check with one variation again."""
        function = trial.check.partition("::")[2]
        return " ".join(["pytest conformance --variations", f"--variation {name} -k {function}", *self._seed()])


def _parsed(node: str) -> NodeId:
    parts = NodeId.parse(node)
    assert parts is not None, node
    return parts
