"""Services under test: how they are sent requests, what they wrote, and how they are ended."""

from __future__ import annotations

import json as jsonlib
import os
import signal
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import psutil

from conformance.foundation import deadline, untrusted_text
from conformance.foundation.deadline import Deadline
from conformance.foundation.exceptions import AnotherServer, ScenarioFailed, ServiceDied, ServiceHung, Unanswered
from conformance.target import exchange
from conformance.target.agent_client import Agent, AgentReport
from conformance.target.exchange import Address, Exchange
from conformance.target.missing import Calls, MissingPart
from conformance.target.observed import observed

NONCE_PATH = "/api/nonce"
CALLS = "calls"  # file in a service's folder
_LOG_TAIL = 4000
MOST_OUTPUT = 16 * 1024 * 1024  # bytes of output.log, or of events, that are looked at


class Respondent:
    """HTTP server at `address` that checks send requests to; `nonce` is a text that no other server knows.

    `host` is what it was told its host is, and requests call it, if it was told. `record` takes every exchange with it
    as evidence of the running check.
    """

    def __init__(self, address: Address, nonce: str, record: Callable[[Exchange], None]) -> None:
        self.address = address
        self.nonce = nonce
        self.record = record
        self.host: str | None = None

    def request(
        self,
        method: str,
        target: str,
        *,
        headers: Iterable[tuple[str, str]] = (),
        json: Any = None,
        form: Any = None,
        body: bytes | None = None,
        seconds: float = deadline.ANSWER,
    ) -> Exchange:
        """Send one request, see `conformance.target.exchange.exchange`; the exchange becomes evidence of the running
        check."""
        return self._recorded(
            exchange.exchange,
            method,
            target,
            headers=headers,
            json=json,
            form=form,
            body=body,
            host=self.host,
            seconds=seconds,
        )

    def get(self, target: str, **arguments: Any) -> Exchange:
        """Send a GET request, with the arguments of `request`."""
        return self.request("GET", target, **arguments)

    def post(self, target: str, **arguments: Any) -> Exchange:
        """Send a POST request, with the arguments of `request`."""
        return self.request("POST", target, **arguments)

    def send(self, data: bytes, method: str) -> Exchange:
        """Send bytes unchanged and read one answer; see `conformance.target.exchange.send`."""
        return self._recorded(exchange.send, data, method)

    def send_until_closed(self, data: bytes, method: str) -> Exchange:
        """Send bytes unchanged and read all that comes until the server closes the connection."""
        return self._recorded(exchange.send_until_closed, data, method)

    def get_in_turn(self, *targets: str) -> list[Exchange]:
        """Send a GET for each target over one connection; see `conformance.target.exchange.send_in_turn`."""
        return self._recorded_all(exchange.send_in_turn, targets)

    def get_at_once(self, *targets: str) -> list[Exchange]:
        """Send a GET for each target over one connection before reading an answer; see
        `conformance.target.exchange.send_at_once`."""
        return self._recorded_all(exchange.send_at_once, targets)

    def leave(self, target: str) -> socket.socket:
        """Send a GET and return the open connection; closing it is a client that leaves before the answer.

        Raises ServiceHung or ServiceDied where the connection is not taken.
        """
        data = self._kept_alive(target)
        connection = exchange.connect(self.address)
        connection.sendall(data)
        self.record(exchange.unanswered(data, b"", self.address))
        return connection

    def _kept_alive(self, target: str) -> bytes:
        host = exchange.authority((self.host or "localhost", self.address[1]))
        return exchange.request_bytes("GET", target, host, [("Connection", "keep-alive")])

    def _recorded_all(self, ask: Callable[..., list[Exchange]], targets: Sequence[str]) -> list[Exchange]:
        try:
            answers = ask(self.address, [("GET", self._kept_alive(target)) for target in targets])
        except Unanswered as error:
            if error.exchange is not None:
                self.record(error.exchange)
            raise
        for answer in answers:
            self.record(answer)
        return answers

    def send_and_leave(self, data: bytes, method: str) -> Exchange | None:
        """Send the beginning of a request, end the sending side, and return the answer, or None."""
        answer = exchange.send_and_leave(self.address, data, method)
        self.record(answer or exchange.unanswered(data, b"", self.address))
        return answer

    def _recorded(self, ask: Callable[..., Exchange], *request: Any, **more: Any) -> Exchange:
        """What `ask` gives for the request; one without a whole answer is evidence too."""
        try:
            answer = ask(self.address, *request, **more)
        except Unanswered as error:
            if error.exchange is not None:
                self.record(error.exchange)
            raise
        self.record(answer)
        return answer


class Started(Respondent):
    """A started scenario: its agent, its output, and the HTTP methods of the checks.

    `folder` is its own and is removed with it. `address` is where it answers. `missing` are the parts of the scenario
    that the implementation lacks, `calls` says which of them were used.
    """

    def __init__(
        self,
        agent: Agent,
        identifier: int,
        folder: Path,
        address: Address,
        nonce: str,
        record: Callable[[Exchange], None],
        scenario: str = "",
    ) -> None:
        super().__init__(address, nonce, record)
        self.scenario = scenario
        self.agent = agent
        self.identifier = identifier
        self.folder = folder
        self.exit_status: int | None = None
        self.missing: tuple[MissingPart, ...] = ()
        self.calls = Calls(folder / CALLS)

    @property
    def output(self) -> str:
        """Text that the service's processes wrote to standard output and error: its last MOST_OUTPUT bytes."""
        text: str = observed(untrusted_text.tail(self.folder / "output.log", MOST_OUTPUT), "output")
        return text

    @property
    def log_tail(self) -> str:
        """End of `output`, as evidence of a failure."""
        return untrusted_text.tail(self.folder / "output.log", 4 * _LOG_TAIL)[-_LOG_TAIL:]

    def wait(self, seconds: float = deadline.STOP) -> int:
        """Wait until the service's first process has ended; return its exit status, negative for a signal.

        Raises ServiceHung when it has not ended after `seconds`.
        """
        if not self.ended_within(seconds):
            message = f"The service has not ended within {seconds:g} s. Its output:\n{self.log_tail}"
            raise ServiceHung(message, kind="exit")
        assert self.exit_status is not None
        return self.exit_status

    def ended_within(self, seconds: float) -> bool:
        """Whether the first process has ended, or ends within so many seconds."""
        if self.exit_status is None:
            report = self.agent.report(self.identifier, ("exited",), Deadline.after(seconds))
            if report is not None:
                self.exit_status = observed(int(report["status"]), "exit")
        return self.exit_status is not None

    @property
    def exited(self) -> bool:
        """Whether the first process is known to have ended."""
        return self.ended_within(0)

    def require_nonce(self, answer: Exchange, ours: Callable[[], bool]) -> None:
        """Raise ScenarioFailed or AnotherServer unless the answer is the service's nonce.

        `ours` is asked, where the answer is another, whether the address is known to belong to the service: then a
        wrong status is its own fault (ScenarioFailed); a wrong nonce, or any other server, is AnotherServer.
        """
        if answer.status == 200 and answer.body.strip(b'"') == self.nonce.encode():
            return
        if answer.status != 200 and ours():
            raise ScenarioFailed(
                f"The scenario was asked for its nonce and answered {answer.status}.\n{answer}\n"
                f"Its output:\n{self.log_tail}"
            )
        raise AnotherServer(
            f"The scenario was asked for its nonce {self.nonce} and something else answered: a server left over from "
            f"another run, or a scenario that lost its environment. Nothing was judged.\n{answer}"
        )

    def end(self) -> None:
        """Kill the service's processes that still run; safe to call again."""
        self.agent.send(self.identifier, "end")
        self.agent.report(self.identifier, ("ended",), Deadline.after(deadline.STOP))
        self.agent.forget(self.identifier)


class Service(Started):
    """A scenario under a named in-process server, in a process forked from the agent.

    `facts` is what the agent saw of it: pid, thread, application (class names), server, http_parser, event_loop.
    """

    facts: AgentReport

    @property
    def pid(self) -> int:
        """Process id of the process that serves."""
        return int(self.facts["pid"])

    @property
    def dispatches(self) -> int:
        """Number of calls of the framework's own dispatch in this service so far."""
        return int.from_bytes(untrusted_text.part(self.folder / "dispatches", 0, 8), "little")


class Script(Started):
    """A scenario run as `python scenario.py` or by an external server: a process tree of its own.

    `command` is how it was run.
    `pid` is the process that a user would see and send signals to.
    """

    command: str
    pid: int

    def events(self) -> list[dict[str, Any]]:
        """Return what the scenario's hooks and endpoints wrote to its journal, in that order.

        Raises ScenarioFailed for what no scenario writes.
        """
        file = self.folder / "events"
        if not os.path.lexists(file):
            return []
        try:
            lines = untrusted_text.read(file, MOST_OUTPUT).decode("utf-8").split("\n")
        except (OSError, ValueError) as error:
            raise ScenarioFailed(f"What {self.scenario}.py wrote down cannot be read: {error}.") from None
        events = [self._event(line, number) for number, line in enumerate(lines, 1) if line]
        found: list[dict[str, Any]] = observed(events, "value", "events")
        return found

    def _event(self, line: str, number: int) -> dict[str, Any]:
        try:
            event = jsonlib.loads(line)
        except (ValueError, RecursionError):
            event = None
        if not isinstance(event, dict) or not isinstance(event.get("event"), str):
            raise ScenarioFailed(f"Line {number} of what {self.scenario}.py wrote down is no event: {line[:200]!r}.")
        return event

    def event_names(self) -> list[str]:
        """Return the `event` of each entry of `events()`."""
        return [event["event"] for event in self.events()]

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the first process, as a user or a process manager would."""
        self.agent.send(self.identifier, "signal", signal=int(number))

    def processes(self) -> list[psutil.Process]:
        """Return the first process and all its living descendants."""
        try:
            first = psutil.Process(self.pid)
            return [first, *first.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def listening(self, processes: Iterable[psutil.Process] | None = None) -> set[Address]:
        """Return every TCP address that these processes, by default all of the service, listen on."""
        found: set[Address] = set()
        for process in self.processes() if processes is None else processes:
            try:
                connections = process.net_connections(kind="tcp")
            except psutil.NoSuchProcess:
                continue
            found |= {(c.laddr.ip, c.laddr.port) for c in connections if c.status == psutil.CONN_LISTEN}
        return found

    def _listens_there(self) -> bool:
        port = self.address[1]
        return bool({self.address, ("0.0.0.0", port), ("::", port)} & self.listening())

    def answers(self, until: Deadline, path: str | None) -> None:
        """Wait until the service answers: with its nonce at `path`, or anything at `/` when `path` is None.

        Raises ServiceDied, ServiceHung, or AnotherServer when somebody else answers in its place.
        """
        pause = 0.01
        while not self.exited:
            try:
                seconds = min(2.0, until.left or 0.001)
                answer = exchange.exchange(self.address, "GET", path or "/", host=self.host, seconds=seconds)
            except (ServiceDied, ServiceHung) as error:
                if until.passed:
                    raise ServiceHung(
                        f"`{self.command}` did not answer within {deadline.START:g} s: {error}\n"
                        f"Its output:\n{self.log_tail}",
                        kind="not started",
                    ) from None
                time.sleep(pause)
                pause = min(pause * 1.5, 0.03)
                continue
            if path is not None:
                self.require_nonce(answer, self._listens_there)
            self.record(answer)
            return
        raise ServiceDied(
            f"`{self.command}` ended with exit status {self.exit_status} instead of serving. "
            f"Its output:\n{self.log_tail}",
            kind="not started",
        )
