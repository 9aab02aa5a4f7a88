"""Rules on checks whose scenarios lack parts: failed, blocked by another promise, or without a verdict."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from conformance.foundation.exceptions import Blocked
from conformance.judging.failure import Failure, Kind
from conformance.judging.normalisation import normalised_line
from conformance.judging.verdict import Outcome
from conformance.target.missing import MissingPart, Use

_MOST_NAMED = 3  # parts in a reason


@dataclass(frozen=True)
class Blocking:
    """Outcome of a check because of what is missing, with a reason.

    `by` is the requirement that blocks it, or "". `failure` takes the place of the check's own where the missing part
    is the failure.
    """

    outcome: Outcome
    reason: str
    by: str = ""
    failure: Failure | None = None


def rule(
    own: Collection[str], error: BaseException | None, failed: bool, missing: Collection[MissingPart]
) -> Blocking | None:
    """Rule on a check of the requirements `own`; None where what is missing changes nothing.

    `error` is what it raised, None if it passed; `failed` says whether that is the implementation's fault. A missing
    name fails the checks of its own requirement, whatever they found. Others are blocked by that requirement where they
    failed and had to do with the part, or passed in a service that did without it. They verified nothing where they
    passed although something stood in its place, or although the scenario did without what was refused.
    """
    if isinstance(error, Blocked):
        if error.by in own:
            return Blocking(Outcome.FAILED, error.because)
        return Blocking(Outcome.BLOCKED, str(error), error.by)
    if error is not None and not failed:
        return None
    by_use = sorted(missing, key=lambda part: list(Use).index(part.use), reverse=True)
    mine = [part for part in by_use if part.named and part.requirement in own]
    if mine:
        return Blocking(Outcome.FAILED, _told(mine, error), failure=_failure(mine[0]))
    used = [part for part in by_use if part.use is not Use.NONE]
    if error is None:
        used = [part for part in used if part.use is not Use.NEAR]
        named = [part for part in used if part.named and part.use is Use.LEFT_OUT]
        if used and named != used:
            return Blocking(Outcome.UNVERIFIED, _told(used, None))
    blockers = [part for part in used if part.use is used[0].use and part.requirement and part.requirement not in own]
    if blockers:
        by = blockers[0].requirement
        return Blocking(Outcome.BLOCKED, f"Blocked by {by}: {blockers[0]}", by)
    if not used:
        return None
    failure = None if used[0].use is Use.LEFT_OUT else _failure(used[0])
    return Blocking(Outcome.FAILED, _told(used, error), failure=failure)


def _failure(part: MissingPart) -> Failure:
    return Failure(Kind.EXCEPTION, part.part, "it can be declared", normalised_line(part.error))


def _told(parts: Collection[MissingPart], error: BaseException | None) -> str:
    """The parts in a sentence each, then what the check said."""
    lines = list(dict.fromkeys(map(str, parts)))[:_MOST_NAMED]
    return "\n".join([*lines, *([str(error)] if error is not None and str(error) else [])])
