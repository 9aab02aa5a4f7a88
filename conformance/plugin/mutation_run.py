"""The mutation run, `pytest conformance --mutants`: runs checks on the mutants that they kill, reports survivors."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import nullcontext
from typing import Any

import pytest

from conformance.foundation import deadline
from conformance.foundation.exceptions import ImplementationFault, MutantBroken
from conformance.foundation.exit_codes import ExitCode
from conformance.plugin.controller import Controller
from conformance.plugin.run import TRIAL, Run, is_check, mutant_of, node_of, place_of, variant_of
from conformance.trust.kill_matrix import FILE, Fate, KillMatrix, Trial
from conformance.trust.mutant import basis


class Killing:
    """Pytest plugin of each process that runs checks: records what each case did to its mutant.

    A mutant's failure passes. Once one case has killed a mutant, the other cases of that check are skipped.
    """

    def __init__(self) -> None:
        self.killed: set[tuple[str, str]] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Wait less long for what a mutant does not do; a control waits as ever, lest a busy machine fail it."""
        with deadline.hurried("broken") if is_check(item) and mutant_of(item) else nullcontext():
            return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        mutant = mutant_of(item) if is_check(item) else None
        if mutant is not None and (place_of(node_of(item))[0], mutant.name) in self.killed:
            pytest.skip("killed already")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if not is_check(item) or report.skipped:
            return report
        check, _ = place_of(node_of(item))
        mutant = mutant_of(item)
        fate = _fate(call.excinfo.value if call.excinfo else None)
        if report.when == "call" or fate is not Fate.SURVIVED:
            name = mutant.name if mutant else None
            reason = str(call.excinfo.value) if call.excinfo else ""
            report.user_properties = [(TRIAL, [check, str(variant_of(item)), name, fate.value, reason])]
            if mutant is not None:
                report.outcome = "passed"
                if fate is Fate.KILLED:
                    self.killed.add((check, mutant.name))
        return report


def _fate(error: BaseException | None) -> Fate:
    if error is None:
        return Fate.SURVIVED
    if isinstance(error, MutantBroken):
        return Fate.BROKEN
    own = isinstance(error, (AssertionError, pytest.fail.Exception)) and not isinstance(error, ImplementationFault)
    return Fate.KILLED if own else Fate.CRASHED


class KillingController(Controller):
    """Pytest plugin of the process that the user started: collects trials, writes the kill matrix, exits."""

    def __init__(self, config: pytest.Config, run: Run) -> None:
        super().__init__(config, run)
        self.trials: list[Trial] = []
        self.matrix: KillMatrix | None = None

    def begin(self) -> None:
        """Keep the reports and evidence of earlier runs, which are about unbroken implementations."""

    @property
    def whole(self) -> bool:
        """Whether every check ran on every mutant that it kills; only then is the matrix written."""
        return not (self.config.getoption("mutant") or self.run.selection.partial)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        found: Any = dict(report.user_properties).get(TRIAL)
        if found is None:
            self._saw_other(report)
            return
        check, variant, mutant, fate, reason = found
        self.trials.append(Trial(check, variant, mutant, Fate(fate), reason))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.config.option.collectonly:
            super().pytest_sessionfinish(session, exitstatus)
            return
        if self._interrupted(exitstatus) or not self.trials:
            self._exit(session, ExitCode.UNVERIFIED)
            return
        run = self.run
        named = {check.name: check.binding.kills for check in run.checks if check.binding}
        self.matrix = KillMatrix(run.mutants, run.pairings, named, tuple(self.trials), run.scope.narrowed)
        if self.whole:
            self.matrix.write(basis(run.contract))
        self._exit(session, ExitCode.DOES_NOT_CONFORM if self.matrix.problems else ExitCode.CONFORMS)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.matrix is not None:
            terminalreporter.write_line("")
            terminalreporter.write_line(self.matrix.summary())
            if self.whole:
                terminalreporter.write_line(f"kill matrix: {FILE}")
        self.tell_others(terminalreporter)
