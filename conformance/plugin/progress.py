"""Progress of a run, in place of what pytest prints of each test: total, done, elapsed, and what is being started."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from conformance.contract.check import CHECKS
from conformance.contract.node_id import NodeId
from conformance.plugin.run import PROPERTY, TRIAL, Run

CATEGORY = "checks"
"""What pytest counts results of checks as in its last line, `312 checks in 41.20s`."""
FIRST_PAUSE = 10.0  # seconds between two lines where the output is no terminal
GROWTH = 1.3  # of that pause with each line: the twentieth comes after an hour and a half
MOST_LINES = 20
REFRESH = 0.1  # seconds between two states of the line on a terminal


class Clock:
    """Says when a line of progress is due: on a terminal often, elsewhere ever more seldom and MOST_LINES times."""

    def __init__(self, on_terminal: bool, now: Callable[[], float] = time.monotonic) -> None:
        self.on_terminal = on_terminal
        self.now = now
        self.started = now()
        self.lines = 0
        self.pause = REFRESH if on_terminal else FIRST_PAUSE
        self.next = self.started + (0.0 if on_terminal else self.pause)

    def due(self) -> bool:
        """Whether a line is to be written now; the answer counts as written."""
        now = self.now()
        if now < self.next or self.lines >= MOST_LINES:
            return False
        self.next = now + self.pause
        if not self.on_terminal:
            self.lines += 1
            self.pause *= GROWTH
        return True

    def elapsed(self) -> str:
        """Return the time since the start, `0:41`."""
        minutes, seconds = divmod(int(self.now() - self.started), 60)
        return f"{minutes}:{seconds:02}"


class Progress:
    """Pytest plugin of the user's process: shows progress, and keeps pytest from printing results of checks.

    Other tests of the session are shown as ever. With -v pytest prints a line for each check too.
    """

    def __init__(self, config: pytest.Config, run: Run) -> None:
        self.config = config
        self.run = run
        self.total = 0
        self.done = 0
        self.started = ""
        self.clock: Clock | None = None
        self.shown = False

    @property
    def lines(self) -> int:
        """Number of lines that were written and stay."""
        return self.clock.lines if self.clock is not None else 0

    @property
    def _reporter(self) -> Any:
        return self.config.pluginmanager.getplugin("terminalreporter")

    def _is_check(self, node: str) -> bool:
        parts = NodeId.parse(node)
        return parts is not None and parts.check in self.run.bound

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._collected(item.nodeid for item in session.items if item.path.is_relative_to(CHECKS))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: Any, ids: Iterable[str]) -> None:
        self._collected(ids)

    def _collected(self, nodes: Iterable[str]) -> None:
        self.total = sum(map(self._is_check, nodes))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logstart(self, nodeid: str) -> None:
        reporter = self._reporter
        if reporter is None:
            return
        check = self._is_check(nodeid)
        # The reporter prints the file of each test before its first result, unless xdist runs.
        reporter.showfspath = not check and self._shows_files(reporter)
        if check:
            parts = NodeId.parse(nodeid)
            self.started = parts.variant if parts is not None else ""
            self._show(reporter)

    def _shows_files(self, reporter: Any) -> bool:
        return self.config.get_verbosity() >= 0 and not self.config.pluginmanager.hasplugin("dsession")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        reporter = self._reporter
        if reporter is None:
            return
        if not self._is_check(report.nodeid):
            self.pause()
            return
        self.done += _is_result(report)
        self._show(reporter)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Give results of checks a category of their own, which pytest counts and of which it shows no failures.

        What ended a check without a result, such as a crash of its worker, is shown as ever.
        """
        if not self._is_check(report.nodeid):
            return None
        if _is_result(report):
            return (CATEGORY, ".", report.outcome.upper()) if self.config.get_verbosity() > 0 else (CATEGORY, "", "")
        return None if report.failed else ("", "", "")

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        self.pause()
        reporter = self._reporter
        if reporter is not None and "warnings" in reporter.stats:
            others = [warning for warning in reporter.stats["warnings"] if not self._is_check(warning.nodeid or "")]
            reporter.stats["warnings"] = others

    def pause(self) -> None:
        """Erase the line of progress on a terminal, before something else is written."""
        if self.shown:
            self._reporter.rewrite("", erase=True)
            self._reporter.write("\r", flush=True)
            self.shown = False

    def _show(self, reporter: Any) -> None:
        if self.config.get_verbosity() not in (-1, 0):
            return
        if self.clock is None:
            self.clock = Clock(bool(reporter.isatty))
        if not self.clock.due():
            return
        line = f"{self.done}/{self.total} checks, {self.clock.elapsed()}, {self.started}"
        if self.clock.on_terminal:
            reporter.rewrite(line[: shutil.get_terminal_size().columns - 1], erase=True)
            reporter.flush()
            self.shown = True
        else:
            reporter.write_line(line)


def _is_result(report: pytest.TestReport) -> bool:
    return any(name in (PROPERTY, TRIAL) for name, _ in report.user_properties)
