"""Counts how many requirements of each level are kept, and decides what a run's exit code is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conformance.contract.requirement import Level, Source
from conformance.foundation.exit_codes import ExitCode
from conformance.judging.verdict import Outcome, Verdict
from matrix.counts import Counts
from matrix.header import Header, Requirement


@dataclass(frozen=True)
class Figure:
    """How many requirements of a level, and of those before it, are kept, of how many; written `page 58/62`.

    The denominator holds what the implementation does not offer, and what none of its variants can show.
    """

    level: Level
    kept: int
    of: int

    def __str__(self) -> str:
        return f"{self.level} {self.kept}/{self.of}"


def figures(header: Header, verdicts: tuple[Verdict, ...], backend: str | None = None) -> list[Figure]:
    """Return a figure for each level up to that of the run; on one backend where one is given.

    A requirement is kept where it has verdicts and all of them are passed: neither known nor warned will do.
    """
    outcomes: dict[str, set[Outcome]] = {}
    for verdict in verdicts:
        if backend in (None, verdict.backend):
            outcomes.setdefault(verdict.requirement, set()).add(verdict.outcome)
    counted = {name: entry for name, entry in header.requirements.items() if _concerns(header, entry, backend)}
    kept = {name for name in counted if outcomes.get(name) == {Outcome.PASSED}}
    found = []
    for level in levels_of(header):
        names = {name for name, entry in counted.items() if level.holds(Source(entry.source))}
        found.append(Figure(level, len(kept & names), len(names)))
    return found


def levels_of(header: Header) -> Iterator[Level]:
    """Yield the level of the run, and before it those that it holds."""
    for level in Level:
        yield level
        if level.value == header.level:
            return


def _concerns(header: Header, requirement: Requirement, backend: str | None) -> bool:
    """Whether a requirement applies to a variant that was selected, of one backend where one is given."""
    selection = header.selection
    for variant in requirement.variants:
        name, _, mode = variant.rpartition("-")
        wanted = name == backend if backend is not None else not selection.backends or name in selection.backends
        if wanted and (not selection.modes or mode in selection.modes):
            return True
    return False


def not_offered(header: Header) -> dict[str, Requirement]:
    """Return the requirements in scope that need a feature which the implementation does not claim to have."""
    return {name: entry for name, entry in header.requirements.items() if not header.offers(entry)}


def missing_promises(header: Header, backend: str | None = None) -> list[str]:
    """List the page's requirements of judged backends, or of one, that are not offered for want of a feature.

    With any of them a run does not conform.
    """
    judged = {stamp.backend for stamp in header.variants} if backend is None else {backend}
    return [
        name
        for name, entry in not_offered(header).items()
        if entry.source == Source.PAGE.value and entry.backends & judged
    ]


def exit_code(header: Header, counts: Counts) -> ExitCode:
    """Return the exit code of a run: that of its verdicts, and 1 where the page promises what is not offered."""
    if counts.exit_code is ExitCode.CONFORMS and missing_promises(header):
        return ExitCode.DOES_NOT_CONFORM
    return counts.exit_code
