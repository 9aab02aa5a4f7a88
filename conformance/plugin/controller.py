"""The controller, in the process that the user started: gathers results, judges them, writes the report."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from conformance.contract.check import CHECKS
from conformance.contract.node_id import NodeId
from conformance.evidence import records, rerun
from conformance.foundation.exceptions import HarnessError
from conformance.foundation.exit_codes import ExitCode
from conformance.foundation.untrusted_text import printable
from conformance.judging.case_result import CaseResult
from conformance.judging.judgement import incident_of, judge, settled
from conformance.judging.ledger import CURE
from conformance.judging.ledger_file import write
from conformance.judging.ledger_update import Revision
from conformance.judging.verdict import Outcome, Verdict
from conformance.plugin import preflight
from conformance.plugin.reporting import Reporting, versions_of
from conformance.plugin.run import PROGRESS, PROPERTY, SEED, WORKSPACE, Run
from conformance.plugin.scheduling import schedule
from conformance.target import interpreter

FAILURES = (Outcome.FAILED, Outcome.WARNED)
TOLD = 20  # of the other tests that failed; pytest itself lists all of them


def leave(message: str, code: int) -> NoReturn:
    """End pytest at once, with a message and an exit code."""
    raise pytest.exit.Exception(printable(message), returncode=code)


class Controller:
    """Gathers the results of all checks, writes the report and sets the exit code; lives in the user's process."""

    def __init__(self, config: pytest.Config, run: Run) -> None:
        self.config = config
        self.run = run
        self.results: list[CaseResult] = []
        self.recorded: dict[str, Path] = {}  # where evidence lies until the run has ended, by its file in the report
        self.failures: dict[str, pytest.TestReport] = {}
        self.replayed: dict[str, str] = {}
        self.reporting = Reporting(run)
        self.others_ran = False
        self.others_failed: dict[str, None] = {}  # their node ids, in order
        self.exit_code: int | None = None
        self.cases: dict[str, set[str]] = {}
        self.written: str | None = None
        self.interrupted = False
        self.mended: list[str] = []  # commands that run the cases again

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        if self.config.option.collectonly:
            return
        try:
            executable = interpreter.ready(self.run.implementation, self._say)
            preflight.look(self.run, executable, self._say)
        except HarnessError as error:
            leave(str(error), ExitCode.UNVERIFIED)
        self.begin()

    def begin(self) -> None:
        """Make the folder that the run writes to, and empty that of --evidence, where it is given."""
        self.run.workspace.begin()
        records.clear(self.run.recording)

    def _say(self, text: str) -> None:
        reporter = self.config.pluginmanager.getplugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(printable(text))

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput[SEED] = self.run.seed
        node.workerinput[WORKSPACE] = str(self.run.workspace.folder)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> Any:
        return schedule(config, log, self.run.checks) if config.getvalue("dist") == "load" else None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._collected(item.nodeid for item in session.items if item.path.is_relative_to(CHECKS))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: Any, ids: Iterable[str]) -> None:
        self._collected(ids)

    def _collected(self, nodes: Iterable[str]) -> None:
        """Remember the cases of the checks; end the run where the ledger lists a case that its check does not have."""
        for node in nodes:
            parts = NodeId.parse(node)
            if parts is not None and parts.check in self.run.bound:
                self.cases.setdefault(parts.check, set()).add(parts.case)
        if self.run.scope.narrowed or self.run.writes_ledger:
            return
        broken = self.run.ledger.unknown_cases(self.cases, self.run.bound)
        if broken:
            self.exit_code = ExitCode.BAD_USAGE
            leave("\n".join([*broken, f"Mend it by hand, or {CURE}."]), ExitCode.BAD_USAGE)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._saw_other(report)

    def _saw_other(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        """Note a report that is no check's result: of another test, of a file that cannot be collected, of a crash."""
        parts = NodeId.parse(report.nodeid)
        of_a_check = parts is not None and parts.check in self.run.bound
        self.others_ran |= isinstance(report, pytest.TestReport) and not of_a_check
        if report.failed:
            self.others_failed[report.nodeid] = None

    @pytest.hookimpl(tryfirst=True)  # before pytest counts and shows the report
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        found = dict(report.user_properties).get(PROPERTY)
        if found is None:
            self._saw_other(report)
            return
        assert isinstance(found, dict)
        result = CaseResult.from_json(found["result"], self.run.implementation.backends)
        self.reporting.saw(result.variant, found["facts"])
        file = Path(os.path.relpath(self.run.evidence / result.file, self.run.report.parent)).as_posix()
        self.recorded[file] = self.run.recording / result.file
        self.results.append(replace(result, file=file))
        if result.outcome is not Outcome.PASSED:
            self.failures[result.node] = report
        if result.outcome is Outcome.FAILED:
            self._hold_against_ledger(report, result)

    def _hold_against_ledger(self, report: pytest.TestReport, result: CaseResult) -> None:
        """Show a known failure as an expected one (xfail), and what the ledger says of another one that it lists."""
        run = self.run
        versions = versions_of(self.reporting.facts[result.variant])
        incidents = [
            incident_of(run.contract[requirement], result, run.ledger, versions)
            for requirement in run.bound[result.check]
            if requirement in run.scope.requirements and run.contract[requirement].applies.holds(result.variant)
        ]
        why = "" if run.writes_ledger else next((each.why for each in incidents if each is not None), "")
        if run.writes_ledger or all(each is not None and each.outcome is Outcome.KNOWN for each in incidents):
            report.outcome = "skipped"
            report.wasxfail = printable(why or "for the ledger")
        else:
            wrong = (each.reason for each in incidents if each is not None and each.listed)
            report.sections += [("ledger", printable(reason)) for reason in wrong]

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.config.option.collectonly:
            nothing = exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED
            self._exit(session, ExitCode.BAD_USAGE if nothing else exitstatus)
            return
        if self.exit_code is not None:  # refused already
            return
        if self._interrupted(exitstatus):
            self._interrupt(session)
            return
        if not self.results:
            self._exit(session, self._code_without_verdict())
            return
        run = self.run
        versions = {variant: versions_of(facts) for variant, facts in self.reporting.facts.items()}
        ledger = run.ledger
        if run.writes_ledger:
            revision = Revision(run.contract, run.implementation, run.bound, self.cases, versions)
            results = settled(run.contract, run.checks, self.results, run.scope, run.stale)
            ledger = revision.of(run.ledger, results, run.scope)
            self.written = write(ledger, run.implementation.name)
        verdicts = judge(run.contract, run.checks, self.results, run.scope, run.stale, ledger, versions)
        if run.replays:
            try:
                self._replay(verdicts)
            except KeyboardInterrupt:
                self._interrupt(session)
                return
            verdicts = judge(run.contract, run.checks, self.results, run.scope, run.stale, ledger, versions)
        tracebacks: dict[str, str] = {}
        for result in self.results:
            if result.node in self.failures:
                tracebacks.setdefault(result.check, self.failures[result.node].longreprtext)
        report = self.reporting.end(verdicts, run.controlled, tracebacks)
        self.mended = list({entry.reproduce: entry for each in verdicts for entry in each.incidents if entry.mended})
        strict = bool(self.mended) and self.config.getoption("strict_ledger")
        self._exit(session, report.footer.exit_code or (ExitCode.DOES_NOT_CONFORM if strict else ExitCode.CONFORMS))

    def _code_without_verdict(self) -> ExitCode:
        """Exit code of a run in which no check ran: other tests did, none came to its turn, or none matched."""
        if self.others_ran:
            return ExitCode.CONFORMS
        return ExitCode.UNVERIFIED if self.cases else ExitCode.BAD_USAGE

    def _replay(self, verdicts: list[Verdict]) -> None:
        """Run the failures again, and label each with how often it came again."""
        against = {entry.reproduce for verdict in verdicts for entry in verdict.incidents if entry.outcome in FAILURES}
        failed = {result.node: result for result in self.results if result.reproduce in against}
        if not failed:
            return
        chosen = self.config.getoption("implementation")
        self._say(f"\nreplaying failures, each {self.run.replays} times")
        self.replayed = rerun.replayed(
            list(failed),
            self.run.replays,
            lambda node, seconds: rerun.rerun([node], chosen, self.run.again, seconds),
        )
        for node, label in self.replayed.items():
            self.failures[node].sections.append(("replayed", printable(label)))
        for file in {result.file for result in failed.values()}:
            records.label(self.recorded[file], self.replayed)
        self.results = [
            replace(result, replays=self.replayed.get(result.node, result.replays)) for result in self.results
        ]

    def _interrupted(self, exitstatus: int) -> bool:
        """Whether the run was ended by a signal or an internal error; `-x` under xdist looks like Ctrl-C."""
        stopped = str(getattr(self.config.pluginmanager.getplugin("dsession"), "shouldstop", ""))
        if exitstatus == pytest.ExitCode.INTERRUPTED:
            return not stopped.startswith("stopping after")
        return exitstatus == pytest.ExitCode.INTERNAL_ERROR

    def _interrupt(self, session: pytest.Session) -> None:
        self.interrupted = True
        self._exit(session, ExitCode.UNVERIFIED)

    def _exit(self, session: pytest.Session, code: int) -> None:
        """Set the exit code to `code`, or to 3 where other tests failed: 1 says that the implementation fails."""
        self.exit_code = session.exitstatus = ExitCode.UNVERIFIED if self.others_failed else code

    def tell_others(self, terminalreporter: Any) -> None:
        """Print which of the other tests failed, if any did."""
        if self.others_failed:
            names = list(self.others_failed)
            told = [*names[:TOLD], *([f"and {len(names) - TOLD} more"] if names[TOLD:] else [])]
            what = f"the harness failed (exit code {ExitCode.UNVERIFIED:d}), by what is no verdict about"
            terminalreporter.write_line(f"{what} {self.run.implementation.name}:", red=True)
            for line in told:
                terminalreporter.write_line(f"  {line}", red=True)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.written is not None:
            terminalreporter.write_line(self.written)
        progress = self.config.pluginmanager.getplugin(PROGRESS)
        self.reporting.show(self.config.getoption("details"), progress.lines if progress is not None else 0)
        if self.interrupted:
            kept = "is of an earlier run" if self.run.report.exists() else "was not written"
            terminalreporter.write_line(f"The run did not end: {os.path.relpath(self.run.report)} {kept}.")
        if self.mended and self.config.getoption("strict_ledger"):
            said = f"--strict-ledger: {len(self.mended)} listed cases pass; {CURE}. The first: {self.mended[0]}"
            terminalreporter.write_line(printable(said), red=True)
        if not self.results and not self.config.option.collectonly:
            if self.others_ran:
                terminalreporter.write_line("No check ran, so nothing was judged.")
            elif self.exit_code == ExitCode.BAD_USAGE:
                terminalreporter.write_line("No check ran: what was asked for matches none.", red=True)
        self.tell_others(terminalreporter)

    def pytest_unconfigure(self) -> None:
        """Remove what a run that did not end has written."""
        self.run.workspace.discard()
