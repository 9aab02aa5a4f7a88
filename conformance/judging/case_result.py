"""Result of one case of a check on one variant, as the process that ran the case made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conformance.contract.backend import BACKENDS, Backend
from conformance.contract.variant import Variant
from conformance.judging.failure import Failure
from conformance.judging.verdict import Outcome


@dataclass(frozen=True)
class CaseResult:
    """Result of one case of a check on one variant: what the check found, before any ledger is asked.

    `node` is the node id, relative to conformance/checks; `case` the id of the parametrized case without the variant,
    empty where the check has none. `outcome` is passed, failed, blocked or unverified. `failure` is set where it
    failed; `blocked_by` is the requirement behind a blocked case. `log` is the end of the services' output,
    `exchanges` are requests and answers as text, `reproduce` is the command that runs the case again. `file` is its
    evidence, relative to the folder of the evidence until the controller makes it relative to the report. `replays`
    says how often the failure came again, `3/3` or `flaky 1/3`; empty where it was not replayed.
    """

    node: str
    check: str
    case: str
    variant: Variant
    outcome: Outcome = Outcome.PASSED
    failure: Failure | None = None
    blocked_by: str = ""
    reason: str = ""
    reproduce: str = ""
    log: str = ""
    exchanges: tuple[str, ...] = ()
    file: str = ""
    replays: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the form that a worker sends to the controller."""
        return {
            **vars(self),
            "variant": str(self.variant),
            "outcome": self.outcome.value,
            "failure": None if self.failure is None else self.failure.as_json(),
            "exchanges": list(self.exchanges),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any], backends: Mapping[str, Backend] = BACKENDS) -> CaseResult:
        """Build one from what `as_json` returned; `backends` are those of the implementation, by name."""
        failure = value["failure"]
        return cls(
            **{
                **value,
                "variant": Variant.parse(value["variant"], backends),
                "outcome": Outcome(value["outcome"]),
                "failure": None if failure is None else Failure.from_json(failure),
                "exchanges": tuple(value["exchanges"]),
            }
        )
