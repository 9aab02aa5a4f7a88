"""A life: one launch of the scenario diary.py as a script, over when the checks read what is written down of it."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from conformance.deadline import START, STOP, Deadline
from conformance.exchange import Address, Exchange, exchange
from conformance.faults import ServiceDied, ServiceHung
from conformance.service import NONCE_PATH, Script
from conformance.target import Target

KNOCK_SECONDS = 0.2  # long enough for an answer, were one given


@dataclass(frozen=True)
class Life:
    """What was seen of it from outside, and what it wrote in its diary.

    `address` is where it was asked, `answers` are what came back, by path or by a word for the moment. `listening` and
    `processes`, the number of living processes, are those seen while it served. `exit_status` is None when nobody
    waited for its end, or waited in vain.
    """

    nonce: str
    pid: int
    address: Address
    listening: frozenset[Address]
    processes: int
    answers: Mapping[str, Exchange]
    events: tuple[Mapping[str, Any], ...]
    exit_status: int | None
    output: str

    def names(self, kind: str = "") -> list[str]:
        """The events whose name begins with `kind`, in the order they were written."""
        return [event["event"] for event in self.events if event["event"].startswith(kind)]

    def pids(self, kind: str = "") -> set[int]:
        """The processes that wrote them."""
        return {event["pid"] for event in self.events if event["event"].startswith(kind)}

    def loops(self, kind: str = "") -> set[int | None]:
        """The event loops on which they were written, None for no loop at all."""
        return {event["loop"] for event in self.events if event["event"].startswith(kind)}


class Recording:
    """A life while it lasts.

    What goes wrong with its hooks is written down and not raised, so that a check of its address does not fail for it.
    """

    def __init__(self, script: Script) -> None:
        self.script = script
        self.answers: dict[str, Exchange] = {}
        self.listening: set[Address] = set()
        self.processes = 0

    def until_ready(self) -> None:
        """Wait until it answers with its nonce; raises as Script.answers does."""
        self.script.answers(Deadline.after(START), NONCE_PATH)

    def ask(self, *paths: str) -> None:
        """GET each path, the answers kept by path."""
        for path in paths:
            self.answers[path] = self.script.get(path)

    def look(self) -> None:
        """Note what it listens on and how many processes it has."""
        self.listening |= self.script.listening()
        self.processes = len(self.script.processes())

    def knock(self, moment: str) -> None:
        """One request that need not be answered; an answer is kept under the word for the moment."""
        try:
            self.answers[moment] = exchange(self.script.address, "GET", NONCE_PATH, seconds=KNOCK_SECONDS)
        except (ServiceDied, ServiceHung):
            return

    def knock_while_held(self) -> None:
        """Knock while its first startup hook waits (SCENARIO_HOLD), then let the hook go on."""
        until = Deadline.after(START)
        while "startup-1 begins" not in self.script.event_names() and not (until.passed or self.script.exited):
            time.sleep(0.01)
        self.knock("held")
        (self.script.folder / "release").touch()

    def until_listening(self) -> None:
        """Wait until it listens somewhere, without a request."""
        until = Deadline.after(START)
        while not (self.listening or until.passed or self.script.exited):
            self.look()

    def end_by(self, number: signal.Signals) -> None:
        """Send the signal and wait for the end, in vain if need be."""
        self.script.signal(number)
        self.until_ended(STOP)

    def until_ended(self, seconds: float) -> None:
        """Wait for an end that comes by itself."""
        try:
            self.script.wait(seconds)
        except ServiceHung:
            return

    def written(self) -> Life:
        """The record, when it is over."""
        script = self.script
        return Life(
            nonce=script.nonce,
            pid=script.pid,
            address=script.address,
            listening=frozenset(self.listening),
            processes=self.processes,
            answers=dict(self.answers),
            events=tuple(script.events()),
            exit_status=script.exit_status,
            output=script.output,
        )


@contextmanager
def recording(target: Target, address: Address, **settings: Any) -> Iterator[Recording]:
    """Launch diary.py, to be asked at `address`, with those settings; on leaving, whatever is left of it is killed."""
    script = target.script("diary", address=address, wait=False, **settings)
    try:
        yield Recording(script)
    finally:
        script.end()
