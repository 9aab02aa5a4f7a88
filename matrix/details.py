"""Details of what did not pass, for files: a text for each check with all that came, and one of all causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.text import Text

from conformance.foundation.untrusted_text import printable
from conformance.judging.cause import Cause, causes, incidents_of
from conformance.judging.verdict import Incident, Outcome
from matrix.header import Requirement
from matrix.marks import MARKS, lines, plain
from matrix.report import Report

FOLDER = "details"
CAUSES = "causes.txt"
LOG_TAIL = 20
"""Most lines of a server's log that are shown; report.json holds more."""


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
    occurrences: dict[tuple[object, ...], Occurrence] = field(default_factory=dict)

    @property
    def severity(self) -> int:
        """Severity of the worst occurrence."""
        return max(occurrence.outcome.severity for occurrence in self.occurrences.values())

    def add(self, variant: str, incident: Incident) -> None:
        """Add an incident on a variant; incidents that differ in their variant alone are one occurrence.

        Log and exchanges of a known divergence are left out, as its entry in the ledger explains it.
        """
        if incident.outcome is Outcome.KNOWN:
            incident = replace(incident, log="", exchanges=())
        new = Occurrence(incident.outcome, incident.reason, incident.log, incident.exchanges, incident.replays)
        occurrence = self.occurrences.setdefault(new.told, new)
        occurrence.commands.setdefault(variant, incident.reproduce)
        if incident.file:
            occurrence.files[incident.file] = None


def findings(report: Report) -> list[Finding]:
    """Return what did not pass, by check: the worst first, else in the order of the contract."""
    by_check: dict[str, Finding] = {}
    for verdict in report.in_contract_order:
        for incident in incidents_of(verdict) if verdict.outcome is not Outcome.PASSED else ():
            finding = by_check.setdefault(incident.check, Finding(incident.check))
            finding.requirements[verdict.requirement] = report.header.requirements[verdict.requirement]
            finding.add(f"{verdict.backend}-{verdict.mode}", incident)
    return sorted(by_check.values(), key=lambda finding: -finding.severity)


def describe(finding: Finding) -> Iterator[Text]:
    """Yield a finding line by line, its worst occurrence first; no line is to be wrapped."""
    yield plain(finding.check, "bold")
    for identifier, requirement in finding.requirements.items():
        yield plain(f"  {identifier} {requirement.keyword}  {requirement.sentence}")
    for occurrence in sorted(finding.occurrences.values(), key=lambda each: -each.outcome.severity):
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


def name_of(check: str) -> str:
    """Return the name of a check's file, `test_hook.test_it_runs_once.txt`."""
    return f"{check.replace('.py::', '.')}.txt"


def write(report: Report, folder: Path, tracebacks: Mapping[str, str]) -> bool:
    """Write a file for each check that did not pass, and one of all causes; returns whether there was anything.

    `tracebacks` are texts of pytest by check. Raises OSError where a file cannot be written.
    """
    found = findings(report)
    for finding in found:
        folder.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{line.plain}\n" for line in describe(finding))
        if finding.check in tracebacks:
            text += f"\nwhere it failed first:\n{printable(tracebacks[finding.check])}\n"
        _write(folder / name_of(finding.check), text)
    behind = causes(report.in_contract_order)
    if behind:
        _write(folder / CAUSES, "\n".join(_all_of(cause) for cause in behind))
    return bool(found)


def clear(folder: Path) -> None:
    """Remove the files that `write` wrote, and nothing else."""
    for file in (*folder.glob("test_*.txt"), folder / CAUSES):
        file.unlink(missing_ok=True)


def _all_of(cause: Cause) -> str:
    """Describe a cause, with every verdict behind which it is."""
    where: dict[str, list[str]] = {}
    for verdict in cause.verdicts:
        where.setdefault(verdict.requirement, []).append(f"{verdict.backend}-{verdict.mode}")
    told = [printable(cause.sentence), *(f"  {name}: {', '.join(variants)}" for name, variants in where.items())]
    return "\n".join([*told, printable(f"  {cause.first.reproduce}"), ""])


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", errors="backslashreplace")
