"""Counts verdicts by outcome, and computes the exit code of a run from the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from conformance.foundation.exit_codes import ExitCode
from conformance.judging.verdict import Outcome, Verdict, worst


@dataclass(frozen=True)
class Counts:
    """Number of verdicts with each outcome."""

    passed: int = 0
    failed: int = 0
    warned: int = 0
    known: int = 0
    blocked: int = 0
    unverified: int = 0

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Counts:
        """Count `verdicts`."""
        return cls(**Counter(verdict.outcome.value for verdict in verdicts))

    def __getitem__(self, outcome: Outcome) -> int:
        number: int = getattr(self, outcome.value)
        return number

    @property
    def total(self) -> int:
        """Number of all verdicts."""
        return sum(self[outcome] for outcome in Outcome)

    @property
    def worst(self) -> Outcome:
        """The most severe outcome that occurs; unverified when there is no verdict."""
        return worst(outcome for outcome in Outcome if self[outcome])

    @property
    def exit_code(self) -> ExitCode:
        """Exit code of the run: 1 where something failed, else 3 where something, or all, is unverified, else 1 where
        something is blocked, else 0."""
        if self.worst is Outcome.FAILED:
            return ExitCode.DOES_NOT_CONFORM
        if self.worst is Outcome.UNVERIFIED:
            return ExitCode.UNVERIFIED
        return ExitCode.DOES_NOT_CONFORM if self.blocked else ExitCode.CONFORMS
