"""Parts of a scenario that the implementation lacks, and what a check had to do with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from urllib.parse import unquote

from conformance.contract.names import promised_by
from conformance.foundation import untrusted_text
from conformance.target.agent_client import AgentReport

_MOST_CALLS = 1024 * 1024  # bytes


class Use(str, Enum):
    """What a check had to do with a missing part, from the least to the most."""

    NONE = "none"
    """It was in a scenario that the check used."""
    NEAR = "near"
    """A function ran whose annotations name it."""
    LEFT_OUT = "left out"
    """A scenario that the check used did without it."""
    STOOD_IN = "stood in"
    """What stands in its place was used: a stub of an endpoint has answered, or a function has failed; or a request
    went where nothing is in its place."""


@dataclass(frozen=True)
class MissingPart:
    """Part of a scenario that the implementation lacks, and what it said, in one line.

    `requirement` promises the documented name that is missing, or, where `named` is False, the one that the part is
    about; "" if it is about none. `segment` is in each path of an endpoint or mount that is not there, or is without
    what was to be around it, "" for others; `asked` is the use of a request with such a path.
    """

    part: str
    requirement: str
    named: bool
    error: str
    use: Use
    segment: str = ""
    asked: Use = Use.STOOD_IN

    def __str__(self) -> str:
        return f"{self.part} is missing: {self.error}"


# What each kind of part (agent/stand_ins.py) does to a check that uses the scenario.
_USES = {
    "absent": Use.NONE,
    "around": Use.NONE,
    "removed": Use.NONE,
    "shared": Use.NONE,
    "stub": Use.NONE,
    "left out": Use.LEFT_OUT,
    "raised": Use.STOOD_IN,
}
_CALLS = {"~": Use.NEAR, "-": Use.LEFT_OUT}  # how a line of the file of calls begins


def parts_of(report: AgentReport) -> tuple[MissingPart, ...]:
    """Return the missing parts that an agent's report lists, in its order."""
    return tuple(
        MissingPart(
            part=each["part"],
            requirement=promised_by(each["name"] or each["about"]),
            named=bool(each["name"]),
            error=each["error"],
            use=_USES.get(each["kind"], Use.LEFT_OUT),
            segment=each["segment"],
            asked=Use.LEFT_OUT if each["kind"] == "around" else Use.STOOD_IN,
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
            number = line.lstrip("~-")
            if number.isdecimal() and int(number) < len(parts):
                yield replace(parts[int(number)], use=_CALLS.get(line[0], Use.STOOD_IN))


def asked(parts: Iterable[MissingPart], request: bytes) -> Iterable[MissingPart]:
    """Return the parts that a request asks for and that nothing stands for, as used."""
    target = request.partition(b"\r\n")[0].partition(b" ")[2].partition(b" ")[0].partition(b"?")[0]
    segments = unquote(target.decode("latin-1")).split("/")
    return [replace(part, use=part.asked) for part in parts if part.segment and part.segment in segments]
