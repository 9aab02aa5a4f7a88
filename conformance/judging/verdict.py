"""Verdicts: value types for the outcome of one requirement on one variant, and how outcomes are combined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Outcome(str, Enum):
    """Outcome of a cell, from the mildest to the most severe; only `passed` is green."""

    PASSED = "passed"
    KNOWN = "known"
    WARNED = "warned"
    BLOCKED = "blocked"
    UNVERIFIED = "unverified"
    FAILED = "failed"

    def __str__(self) -> str:
        return self.value

    @property
    def severity(self) -> int:
        """Rank from 0 for passed; of several checks of one requirement the most severe outcome counts."""
        return list(Outcome).index(self)


UNEXPLAINED = "not explained yet"
"""The `why` of a divergence that a run wrote into a ledger and that no person has explained."""


@dataclass(frozen=True)
class Incident:
    """A check that did not pass: the reason, and the command that runs it again.

    `exchanges` are HTTP requests and answers as text, `log` the end of the server's output, `reproduce` a command.
    `case` is the id of a parametrized case without the variant. `expected` and `came` are the failure's signature
    (conformance.judging.fingerprint), empty unless it failed; `why` and `link` are those of the ledger's entry, where
    there is one. `file` is its evidence (conformance.evidence.records), relative to the report; `replays` says how
    often the failure came again, `3/3` or `flaky 1/3`. Both may be empty.
    """

    check: str
    outcome: Outcome
    reason: str
    reproduce: str
    log: str = ""
    exchanges: tuple[str, ...] = ()
    case: str = ""
    expected: str = ""
    came: str = ""
    why: str = ""
    link: str = ""
    file: str = ""
    replays: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the form that report.json holds."""
        return {
            "check": self.check,
            "verdict": self.outcome.value,
            "reason": self.reason,
            "reproduce": self.reproduce,
            "log": self.log,
            "exchanges": list(self.exchanges),
            "case": self.case,
            "expected": self.expected,
            "came": self.came,
            "why": self.why,
            "link": self.link,
            "file": self.file,
            "replays": self.replays,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Incident:
        """Build one from what `as_json` returned."""
        return cls(
            check=value["check"],
            outcome=Outcome(value["verdict"]),
            reason=value["reason"],
            reproduce=value["reproduce"],
            log=value["log"],
            exchanges=tuple(value["exchanges"]),
            case=value["case"],
            expected=value["expected"],
            came=value["came"],
            why=value["why"],
            link=value["link"],
            file=value["file"],
            replays=value["replays"],
        )


@dataclass(frozen=True)
class Verdict:
    """Verdict of one cell, a requirement on a variant, with the names of the checks bound to the requirement.

    `incidents` are the checks that did not pass. `files` are the evidence of every case of the checks, passed or not
    (conformance.evidence.records), relative to the report.
    """

    requirement: str
    backend: str
    mode: str
    outcome: Outcome
    checks: tuple[str, ...]
    incidents: tuple[Incident, ...] = ()
    files: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the form that report.json holds."""
        return {
            "requirement": self.requirement,
            "backend": self.backend,
            "mode": self.mode,
            "verdict": self.outcome.value,
            "checks": list(self.checks),
            "evidence": [incident.as_json() for incident in self.incidents],
            "files": list(self.files),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Verdict:
        """Build one from what `as_json` returned."""
        return cls(
            requirement=value["requirement"],
            backend=value["backend"],
            mode=value["mode"],
            outcome=Outcome(value["verdict"]),
            checks=tuple(value["checks"]),
            incidents=tuple(Incident.from_json(entry) for entry in value["evidence"]),
            files=tuple(value["files"]),
        )


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the most severe of `outcomes`; unverified when there is none."""
    return max(outcomes, key=lambda outcome: outcome.severity, default=Outcome.UNVERIFIED)
