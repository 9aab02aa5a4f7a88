"""Client of an agent: sends orders and receives reports through a pipe; each wait has a deadline."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from conformance.foundation.deadline import Deadline
from conformance.foundation.exceptions import AgentDied, FalseReport
from conformance.foundation.untrusted_text import tail

MAIN = Path(__file__).parents[1] / "agent" / "__main__.py"

AgentReport = dict[str, Any]
LONGEST_REPORT = 16 * 1024 * 1024  # bytes

# What each report has to have; the agent relays those of a service, which runs what is judged, as they are.
_TEXT_OR_NONE = (str, type(None))
_RAISED = {"types": list, "message": str, "traceback": str}
_MEMBERS: Mapping[str, Mapping[str, Any]] = {
    "inspected": {"distributions": list, "found": bool, "lacks": list},
    "prepared": {"distributions": list, "python": str, "versions": dict, "lacks": list},
    "refused": {"kind": str, "message": str},
    "serving": {
        "pid": int, "thread": int, "address": list, "application": list,
        "server": str, "http_parser": _TEXT_OR_NONE, "event_loop": _TEXT_OR_NONE,
    },
    "answered": {"value": object},
    "raised": _RAISED,
    "failed": {"phase": str, **_RAISED},
    "started": {"pid": int},
    "exited": {"status": int},
    "ended": {},
    "garbled": {"text": str},
}  # fmt: skip
_OF_A_PART = ("part", "kind", "error", "name", "about", "segment")
_OF_TEXTS = ("types", "application")


class Agent:
    """One agent process in an implementation's interpreter; closing it ends every service that it started."""

    def __init__(self, executable: Path, environment: Mapping[str, str], log: Path) -> None:
        self._log = log
        with open(log, "ab") as errors:
            self._process = subprocess.Popen(
                [str(executable), str(MAIN)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=dict(environment),
                start_new_session=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders = self._process.stdin.fileno()
        self._reports = self._process.stdout.fileno()
        os.set_blocking(self._reports, False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._reports, selectors.EVENT_READ)
        self._pending = b""
        self._inbox: dict[int, deque[AgentReport]] = defaultdict(deque)
        self._identifiers = count(1)

    @property
    def pid(self) -> int:
        """Process id of the agent."""
        return self._process.pid

    def order(self, do: str, **arguments: Any) -> int:
        """Send an order under a new id, and return the id."""
        identifier = next(self._identifiers)
        self.send(identifier, do, **arguments)
        return identifier

    def send(self, identifier: int, do: str, **arguments: Any) -> None:
        """Send an order under an id that is in use. Raises AgentDied when the agent does not read it."""
        data = (json.dumps({"id": identifier, "do": do, **arguments}) + "\n").encode()
        try:
            while data:
                data = data[os.write(self._orders, data) :]
        except BrokenPipeError:
            raise self._died("is gone") from None

    def report(self, identifier: int, events: Sequence[str], deadline: Deadline) -> AgentReport | None:
        """Return the next report about `identifier` whose event is one of `events`, dropping others; None at the
        deadline.

        Raises AgentDied when the agent ends, FalseReport for a report that no agent and no service makes.
        """
        inbox = self._inbox[identifier]
        while True:
            while inbox:
                report = inbox.popleft()
                if report["event"] == "garbled":
                    raise FalseReport(f"A service wrote to the agent what is no report of one: {report['text']}.")
                if report["event"] in events:
                    return report
            if not self._receive(deadline.left) and deadline.passed:
                return None

    def _receive(self, seconds: float) -> bool:
        """Whether there was something to read within `seconds`; 0 takes what is there."""
        if not self._selector.select(seconds):
            return False
        data = os.read(self._reports, 65536)
        if not data:
            raise self._died("ended")
        *lines, self._pending = (self._pending + data).split(b"\n")
        if len(self._pending) > LONGEST_REPORT:
            raise FalseReport(f"The agent reports without an end, {self._pending[:100]!r} and so on.")
        for line in lines:
            report = _parsed(line)
            self._inbox[report["id"]].append(report)
        return True

    def forget(self, identifier: int) -> None:
        """Drop the unread reports about something that has ended."""
        self._inbox.pop(identifier, None)

    def _died(self, how: str) -> AgentDied:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)
        output = tail(self._log, 2000)
        return AgentDied(f"The agent {how} (exit status {self._process.poll()}). The end of its output:\n{output}")

    def close(self, seconds: float = 10) -> None:
        """Close the pipe, so that the agent kills its services and ends; kill the agent after `seconds`."""
        self._selector.close()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
        try:
            self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _parsed(line: bytes) -> AgentReport:
    """A report; one that lacks what it has to have is `garbled`. Raises FalseReport for a line that is none at all."""
    try:
        report = json.loads(line)
    except (ValueError, RecursionError):
        report = None
    if not isinstance(report, dict) or type(report.get("id")) is not int:
        raise FalseReport(f"The agent wrote what is no report: {line[:200]!r}.")
    members = _MEMBERS.get(str(report.get("event")))
    whole = members is not None and all(
        name in report and _fits(name, report[name], kind) for name, kind in members.items()
    )
    if not whole or not _lists_parts(report.get("missing", [])):
        return {"id": report["id"], "event": "garbled", "text": repr(line[:200])}
    return report


def _lists_parts(value: Any) -> bool:
    """Whether it is what a service says of the parts that it lacks (agent/stand_ins.py)."""
    return isinstance(value, list) and all(
        isinstance(part, dict)
        and all(isinstance(part.get(key), str) for key in ("part", "kind", "error", "name", "about"))
        for part in value
    )


def _fits(name: str, value: Any, kind: Any) -> bool:
    if name == "address":
        return isinstance(value, list) and list(map(type, value)) == [str, int] and 0 < value[1] < 65536
    if name in _OF_TEXTS and not (isinstance(value, list) and value and all(isinstance(each, str) for each in value)):
        return False
    return isinstance(value, kind)
