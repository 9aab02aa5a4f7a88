"""A life: one launch of the scenario diary.py as a script, over when the checks read what is written down of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.exchange import Address, Exchange
from conformance.service import Script
from conformance.target import Target


@dataclass(frozen=True)
class Life:
    """What was seen of it from outside, and what it wrote in its diary.

    `address` is where it was asked. `listening` and `processes`, the number of living processes, are of the moment when
    it had answered `answers`;
    `exit_status` is None when nobody waited for its end.
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


def visit(
    target: Target,
    address: Address,
    ask: Callable[[Script], Mapping[str, Exchange]] = lambda script: {},
    **settings: Any,
) -> Life:
    """Launch it, wait until it answers at `address`, ask it more, look at its processes, and kill it."""
    script = target.script("diary", address=address, **settings)
    try:
        answers = ask(script)
        listening, processes = script.listening(), len(script.processes())
    finally:
        script.end()
    return written(script, answers, listening, processes)


def written(
    script: Script, answers: Mapping[str, Exchange], listening: Iterable[Address] = (), processes: int = 0
) -> Life:
    """The record of a script that has ended."""
    return Life(
        nonce=script.nonce,
        pid=script.pid,
        address=script.address,
        listening=frozenset(listening),
        processes=processes,
        answers=answers,
        events=tuple(script.events()),
        exit_status=script.exit_status,
        output=script.output,
    )


def paths(*wanted: str) -> Callable[[Script], Mapping[str, Exchange]]:
    """GET each of the paths once."""
    return lambda script: {path: script.get(path) for path in wanted}
