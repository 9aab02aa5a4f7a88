"""Groups what did not pass by check, and describes it with the commands that run it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rich.text import Text

from conformance.judging.verdict import Incident, Outcome, Verdict
from matrix.header import Requirement
from matrix.marks import MARKS, lines, plain
from matrix.report import Report

LOG_TAIL = 20
"""Most lines of a server's log that are printed; report.json holds more."""


@dataclass
class Occurrence:
    """One way in which a check did not pass, with the command that runs it again for each variant where it came.

    `replays` says how often it came again; `files` are its evidence, relative to the report.
    """

    outcome: Outcome
    reason: str
    log: str
    exchanges: tuple[str, ...]
    replays: str
    commands: dict[str, str] = field(default_factory=dict)
    files: dict[str, None] = field(default_factory=dict)

    @property
    def told(self) -> tuple[object, ...]:
        """Key of the occurrence, equal for incidents that differ in their variant alone."""
        return self.outcome, self.reason, self.log, self.exchanges, self.replays


@dataclass
class Finding:
    """A check that did not pass on some variant, with its requirements and the ways in which it did not."""

    check: str
    requirements: dict[str, Requirement] = field(default_factory=dict)
    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def severity(self) -> int:
        """Severity of the worst occurrence."""
        return max(occurrence.outcome.severity for occurrence in self.occurrences)

    def add(self, variant: str, incident: Incident) -> None:
        """Add an incident on a variant; incidents that differ in their variant alone are one occurrence.

        Log and exchanges of a known divergence are left out, as its entry in the ledger explains it.
        """
        if incident.outcome is Outcome.KNOWN:
            incident = replace(incident, log="", exchanges=())
        new = Occurrence(incident.outcome, incident.reason, incident.log, incident.exchanges, incident.replays)
        for occurrence in self.occurrences:
            if occurrence.told == new.told:
                break
        else:
            occurrence = new
            self.occurrences.append(occurrence)
        occurrence.commands.setdefault(variant, incident.reproduce)
        if incident.file:
            occurrence.files[incident.file] = None


def findings(report: Report) -> list[Finding]:
    """Return what did not pass, by check: the worst first, also within a check, else in the order of the verdicts."""
    by_check: dict[str, Finding] = {}
    for verdict in report.verdicts:
        for incident in _against(verdict):
            finding = by_check.setdefault(incident.check, Finding(incident.check))
            finding.requirements[verdict.requirement] = report.header.requirements[verdict.requirement]
            finding.add(f"{verdict.backend}-{verdict.mode}", incident)
    for finding in by_check.values():
        finding.occurrences.sort(key=lambda occurrence: -occurrence.outcome.severity)
    return sorted(by_check.values(), key=lambda finding: -finding.severity)


def _against(verdict: Verdict) -> list[Incident]:
    if verdict.outcome is Outcome.PASSED:
        return []
    against = [incident for incident in verdict.incidents if incident.outcome is not Outcome.PASSED]
    nobody = Incident(
        check=", ".join(verdict.checks) or "no check",
        outcome=verdict.outcome,
        reason="the run noted no evidence for this verdict",
        reproduce="",
    )
    return against or [nobody]


def describe(finding: Finding) -> Iterator[Text]:
    """Yield a finding line by line; no line is to be wrapped."""
    yield plain(finding.check, "bold")
    for identifier, requirement in finding.requirements.items():
        yield plain(f"  {identifier} {requirement.keyword}  {requirement.sentence}")
    for occurrence in finding.occurrences:
        mark = MARKS[occurrence.outcome]
        where = ", ".join(occurrence.commands)
        replays = f" ({occurrence.replays})" if occurrence.replays else ""
        yield Text.assemble("  ", (f"{mark.sign} {occurrence.outcome}", mark.colour), plain(f" on {where}{replays}"))
        for line in lines(occurrence.reason):
            yield plain(f"    {line}")
        for exchange in occurrence.exchanges:
            yield from _block("exchange", lines(exchange))
        log = lines(occurrence.log)
        title = f"server log, the last {LOG_TAIL} of {len(log)} lines" if len(log) > LOG_TAIL else "server log"
        yield from _block(title, log[-LOG_TAIL:])
        yield from _block("evidence, beside the report", list(occurrence.files))
        commands = [command for command in dict.fromkeys(occurrence.commands.values()) if command]
        if commands:
            yield Text("    run it again:")
        for command in commands:
            yield plain(command)


def _block(title: str, content: list[str]) -> Iterator[Text]:
    if content:
        yield Text(f"    {title}:")
    for line in content:
        yield plain(f"    | {line}", "dim")
