"""Verdicts: value types for the outcome of one requirement on one variant, and how outcomes are combined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from conformance.judging.failure import Failure


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
    """A check that did not pass, or whose entry in the ledger is not needed any more.

    `exchanges` are HTTP requests and answers as text, `log` the end of the server's output, `reproduce` a command.
    `case` is the id of a parametrized case without the variant. `failure` is None unless it failed; `blocked_by` is
    the requirement behind a blocked case. `listed` says that the ledger has an entry for it, whose `why` and `link`
    these are: an outcome other than known then says that the entry is over its date, or that the failure is another
    one than the ledger lists. `mended` is a listed failure that now passes. `file` is its evidence
    (conformance.evidence.records), relative to the report; `replays` says how often the failure came again, `3/3` or
    `flaky 1/3`. Both may be empty.
    """

    check: str
    outcome: Outcome
    reason: str
    reproduce: str
    log: str = ""
    exchanges: tuple[str, ...] = ()
    case: str = ""
    failure: Failure | None = None
    blocked_by: str = ""
    listed: bool = False
    mended: bool = False
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
            "failure": None if self.failure is None else self.failure.as_json(),
            "blocked_by": self.blocked_by,
            "listed": self.listed,
            "mended": self.mended,
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
            failure=None if value["failure"] is None else Failure.from_json(value["failure"]),
            blocked_by=value["blocked_by"],
            listed=value["listed"],
            mended=value["mended"],
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
