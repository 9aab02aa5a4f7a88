"""Causes: what is behind many verdicts that did not pass, found by equal failures and by the promises that block."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from conformance.judging.failure import Failure
from conformance.judging.normalisation import normalise
from conformance.judging.verdict import Incident, Outcome, Verdict

AGAINST = (Outcome.FAILED, Outcome.BLOCKED)
"""Outcomes whose incidents have a cause."""

Cell = tuple[str, str]
"""A requirement and a variant."""


@dataclass(eq=False)
class Cause:
    """What is behind verdicts that failed or are blocked.

    `verdicts` are all that it keeps from being green, `alone` those that nothing else does. `first` is the first
    incident that failed by it, of a promise that blocks others if it breaks one (or is blocked, where the blocker
    itself was not judged); `requirement` is that of its verdict.
    """

    sentence: str
    requirement: str
    first: Incident
    verdicts: list[Verdict] = field(default_factory=list)
    alone: list[Verdict] = field(default_factory=list)

    @property
    def requirements(self) -> list[str]:
        """Ids of the requirements that it keeps from being green, in the order of the verdicts."""
        return list(dict.fromkeys(verdict.requirement for verdict in self.verdicts))

    def greened(self, requirements: Collection[str]) -> int:
        """Number of verdicts on these requirements that turn green when this cause is mended."""
        return sum(verdict.requirement in requirements for verdict in self.alone)


def causes(verdicts: Sequence[Verdict]) -> list[Cause]:
    """Return the causes of all verdicts that failed or are blocked, the one behind most verdicts first.

    Failed incidents have one cause where their `Failure` is equal. Blocked ones have the causes of their blocker on the
    same variant, or the blocker itself where it did not fail in this run.
    """
    by_cell = {_cell(verdict): verdict for verdict in verdicts}
    found: dict[Failure | str, Cause] = {}
    blockers = {incident.blocked_by for verdict in verdicts for incident in verdict.incidents}
    of_failures = _firsts(sorted(verdicts, key=lambda each: each.requirement not in blockers), Outcome.FAILED)
    of_blocked = _firsts(verdicts, Outcome.BLOCKED)
    for verdict in verdicts:
        keys = _keys(verdict, by_cell, frozenset())
        for key in keys:
            if key not in found:
                found[key] = Cause(_sentence(key), *(of_failures.get(key) or of_blocked[key]))
            found[key].verdicts.append(verdict)
            if len(keys) == 1:
                found[key].alone.append(verdict)
    return sorted(found.values(), key=lambda cause: (-len(cause.verdicts), cause.sentence))


def first_to_mend(found: Iterable[Cause], page: Collection[str]) -> Cause | None:
    """Return the cause that turns most cells of `page`'s requirements green; among equals, most cells of any."""

    def worth(cause: Cause) -> tuple[int, int, int, int]:
        touched = sum(verdict.requirement in page for verdict in cause.verdicts)
        return cause.greened(page), touched, len(cause.alone), len(cause.verdicts)

    return max(found, key=worth, default=None)


def incidents_of(verdict: Verdict) -> list[Incident]:
    """Return what did not pass of a verdict that did not; one incident that says so where the run noted none."""
    noted = [incident for incident in verdict.incidents if incident.outcome is not Outcome.PASSED]
    nothing = "the run noted no evidence for this verdict"
    return noted or [Incident(", ".join(verdict.checks) or "no check", verdict.outcome, nothing, "")]


def _sentence(key: Failure | str) -> str:
    """Return a cause in a line; of a value that differs in what is masked, that it is another of its form."""
    if isinstance(key, Failure) and key.expected == key.came:
        return str(replace(key, expected=f"another value than {key.came}", came="one of the same form"))
    return str(key)


def _cell(verdict: Verdict) -> Cell:
    return verdict.requirement, f"{verdict.backend}-{verdict.mode}"


def _keys(verdict: Verdict, by_cell: Mapping[Cell, Verdict], seen: frozenset[Cell]) -> dict[Failure | str, None]:
    """Return what is behind a verdict; `seen` are the verdicts that it is asked for as the blocker of."""
    keys: dict[Failure | str, None] = {}
    if verdict.outcome not in AGAINST:
        return keys
    requirement, variant = _cell(verdict)
    for incident in incidents_of(verdict):
        if incident.outcome is Outcome.FAILED:
            keys[_key(incident)] = None
        elif incident.outcome is Outcome.BLOCKED:
            blocker = by_cell.get((incident.blocked_by, variant))
            behind: dict[Failure | str, None] = {}
            if blocker is not None and _cell(blocker) not in seen:
                behind = _keys(blocker, by_cell, seen | {(requirement, variant)})
            keys |= behind or {_key(incident): None}
    return keys


def _key(incident: Incident) -> Failure | str:
    if incident.outcome is Outcome.BLOCKED:
        return f"{incident.blocked_by or 'another promise'} does not hold"
    return incident.failure or normalise(incident.reason.strip().partition("\n")[0]) or "a failure without a reason"


def _firsts(verdicts: Iterable[Verdict], outcome: Outcome) -> dict[Failure | str, tuple[str, Incident]]:
    """Return the first incident of this outcome for each key, with the requirement of its verdict."""
    found: dict[Failure | str, tuple[str, Incident]] = {}
    for verdict in verdicts:
        if verdict.outcome in AGAINST:
            for incident in incidents_of(verdict):
                if incident.outcome is outcome:
                    found.setdefault(_key(incident), (verdict.requirement, incident))
    return found
