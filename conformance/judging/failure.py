"""Failures as typed values: what was looked at, what was expected there, and what came."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

LONGEST = 160
"""Most characters of what was expected, and of what came."""


class Kind(str, Enum):
    """What a check looked at when it failed."""

    STATUS = "status"
    HEADER = "header"
    BODY = "body"
    NOT_ANSWERED = "not answered"
    NOT_STARTED = "not started"
    EXCEPTION = "exception"
    VALUE = "value"
    OUTPUT = "output"
    EXIT = "exit"
    OTHER = "other"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Failure:
    """Failure of a check, equal in every run: it holds no drawn value and nothing of the machine.

    `subject` says what was looked at, without the request (`header allow`, `value of a probe`), `expected` and `came`
    are texts in which drawn values are masked. Never the source text of a check.
    """

    kind: Kind
    subject: str
    expected: str
    came: str

    def __str__(self) -> str:
        """One line, as a ledger and a report for people have it."""
        what = f"{self.kind} {self.subject}" if self.subject else str(self.kind)
        return f"{what}: expected {self.expected}, came {self.came}" if self.expected else f"{what}: {self.came}"

    def as_json(self) -> dict[str, Any]:
        """Return the form that report.json holds."""
        return {"kind": self.kind.value, "subject": self.subject, "expected": self.expected, "came": self.came}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Failure:
        """Build one from what `as_json` returned."""
        return cls(Kind(value["kind"]), value["subject"], value["expected"], value["came"])
