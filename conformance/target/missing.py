"""Parts of a scenario that the implementation lacks, and what a check had to do with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from conformance.contract.names import promised_by
from conformance.foundation import untrusted_text
from conformance.target.agent_client import AgentReport

_MOST_CALLS = 1024 * 1024  # bytes


class Use(str, Enum):
    """What a check had to do with a missing part, from the least to the most."""

    NONE = "none"
    """It was in a scenario that the check used."""
    NEAR = "near"
    """A function ran that was to have it: its annotations name it, or it is a parameter of its class."""
    LEFT_OUT = "left out"
    """A scenario that the check used did without it."""
    STOOD_IN = "stood in"
    """What stands in its place was used: a stub of an endpoint has answered, or a function has failed."""


@dataclass(frozen=True)
class MissingPart:
    """Part of a scenario that the implementation lacks, and what it said, in one line.

    `requirement` promises the documented name that is missing, or, where `named` is False, the one that the part is
    about; "" if it is about none.
    """

    part: str
    requirement: str
    named: bool
    error: str
    use: Use

    def __str__(self) -> str:
        return f"{self.part} is missing: {self.error}"


# What each kind of part (agent/stand_ins.py) does to a check that uses the scenario.
_USES = {"absent": Use.NONE, "shared": Use.NONE, "stub": Use.NONE, "left out": Use.LEFT_OUT, "raised": Use.STOOD_IN}


def parts_of(report: AgentReport) -> tuple[MissingPart, ...]:
    """Return the missing parts that an agent's report lists, in its order."""
    return tuple(
        MissingPart(
            part=each["part"],
            requirement=promised_by(each["name"] or each["about"]),
            named=bool(each["name"]),
            error=each["error"],
            use=_USES.get(each["kind"], Use.LEFT_OUT),
        )
        for each in report.get("missing", ())
    )


class Calls:
    """The file in which a process notes what it uses of missing parts, read piece by piece."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read = 0

    def used(self, parts: Sequence[MissingPart]) -> Iterable[MissingPart]:
        """Return the parts that were used since the last call, as such."""
        text = untrusted_text.part(self._file, self._read, _MOST_CALLS) if self._file.exists() else b""
        self._read += len(text)
        for line in dict.fromkeys(text.decode("ascii", "replace").split()):
            number = line.removeprefix("~")
            if number.isdecimal() and int(number) < len(parts):
                yield replace(parts[int(number)], use=Use.NEAR if line.startswith("~") else Use.STOOD_IN)
