"""Prints a report on a terminal: its files, causes, what to mend first, the matrix and a conclusion."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.text import Text

from conformance.foundation.exit_codes import ExitCode
from conformance.foundation.untrusted_text import one_line, shortened
from conformance.judging.cause import Cause, causes, first_to_mend, incidents_of
from conformance.judging.verdict import UNEXPLAINED, Outcome, Verdict
from matrix import details
from matrix.header import UNKNOWN, Selection
from matrix.levels import figures, missing_promises
from matrix.marks import MARKS, plain
from matrix.report import Report
from matrix.table import height, legend, matrix, number

WIDTH_OF_A_FILE = 120
"""Columns of output that goes to no terminal, so that a log of CI is the same everywhere."""
MOST_LINES = 100
"""Most lines of `show` without details: a whole run prints 120 at most, some of them before this."""
MOST_CAUSES = 10
MOST_NAMES = 5
MOST_CHARACTERS = 400  # of a sentence that is not cut at the width

SHOW = "nox -s matrix -- show"


@dataclass(frozen=True)
class Place:
    """Where a report is; its details are in a folder beside it."""

    report: Path

    def __str__(self) -> str:
        return os.path.relpath(self.report)

    @property
    def details(self) -> Path:
        """Folder of the texts of `matrix.details`."""
        return self.report.parent / details.FOLDER

    def detail(self, name: str) -> str:
        """Return the path of a file among the details, relative to the working directory."""
        return os.path.relpath(self.details / name)


def console_for(stream: TextIO) -> Console:
    """Return a console on `stream`, in colour where it is a terminal and NO_COLOR is not set.

    From here on `stream` writes characters that its encoding lacks as escapes (`\\u2717`).
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return Console(file=stream, width=None if stream.isatty() else WIDTH_OF_A_FILE, highlight=False)


def show(report: Report, console: Console, place: Place, most_lines: int = MOST_LINES) -> None:
    """Print what a person needs to know of `report`, in `most_lines` lines or fewer.

    The text depends on the report, its place and the console's width alone. A matrix wider than the console is cut into
    several; where these have too many lines, only their totals are printed.
    """
    found = causes(report.in_contract_order)
    before = [*_files(report, place), *_causes(report, found, place, console.width), *_mend(report, found, place)]
    after = [Text(), *legend(report), control(report), conclusion(report)]
    head = list(title(report))
    tables = matrix(report, console)
    if len(before) + len(head) + len(after) + 1 + sum(height(table, console) for table in tables) > most_lines:
        tables = matrix(report, console, totals=True)
        after.insert(0, plain(f"the chapters: {SHOW} {place} --details"))
    _say(console, *before, *head, Text())
    for table in tables:
        console.print(table, crop=False)
    _say(console, *after)


def show_details(report: Report, console: Console, place: Place) -> None:
    """Print all of `report`: each check that did not pass, with exchanges and logs, then what `show` prints."""
    _say(console, *chain.from_iterable((*details.describe(each), Text()) for each in details.findings(report)))
    show(report, console, place, most_lines=10_000)


def title(report: Report) -> Iterator[Text]:
    """Yield implementation, harness, contract; the figures of the levels; what was selected or is not offered."""
    header = report.header
    implementation, harness = header.implementation, header.harness
    known = implementation.distribution != UNKNOWN
    provider = f" ({implementation.distribution} {implementation.version})" if known else ""
    yield plain(
        f"{implementation.name}{provider} judged by {harness.name} "
        f"{harness.version}, contract edition {header.contract.edition}, Python {header.python}",
        "bold",
    )
    if header.mutants is not None:
        killed = header.mutants
        yield plain(f"its checks kill {killed.killed} of {number(killed.of, 'mutant')}")
    if header.variations is not None:
        yield plain(f"none of its checks fails for {number(header.variations, 'permitted variation')}")
    yield Text(", ".join(map(str, figures(header, report.verdicts))), "bold")
    if selection := _selection(header.selection):
        yield plain(f"a part only: {selection}")
    if absent := _not_offered(report):
        yield plain(f"not offered: {absent}")


def _selection(selection: Selection) -> str:
    chosen = {
        "backend": selection.backends,
        "mode": selection.modes,
        "requirement": selection.requirements,
        "checks": selection.checks,
    }
    return "; ".join(f"{name} {', '.join(values)}" for name, values in chosen.items() if values)


def _not_offered(report: Report) -> str:
    implementation = report.header.implementation
    groups = (implementation.features_not_offered, implementation.variants_not_offered)
    return "; ".join(", ".join(group) for group in groups if group)


def control(report: Report) -> Text:
    """Return a line about the checks that the oracle had to pass before they judged, and those exempt from that."""
    found = report.header.control
    return Text(
        f"{number(found.controlled, 'check')} controlled by the oracle, "
        f"{found.exempt} exempt because they need more than HTTP"
    )


def conclusion(report: Report) -> Text:
    """Return a line that says what the run's exit code means, and on how many verdicts it rests."""
    counts, code = report.footer.counts, report.footer.exit_code
    variants = {(verdict.backend, verdict.mode) for verdict in report.verdicts}
    basis = f"{number(counts.total, 'verdict')} on {number(len(variants), 'variant')}"
    aside = "".join(
        f", {counts[outcome]} {outcome}"
        for outcome in (Outcome.BLOCKED, Outcome.WARNED, Outcome.KNOWN)
        if counts[outcome]
    )
    if unexplained := sum(map(_is_unexplained, report.verdicts)):
        aside += f", {unexplained} of them {UNEXPLAINED}"
    colour = MARKS[counts.worst].colour
    at = f"at level {report.header.level}" + (", of what it offers" if _not_offered(report) else "")
    if _selection(report.header.selection):
        at += ", a part only"
    if not counts.total:
        return Text("unverified (exit code 3): there is no verdict at all, nothing was checked", colour)
    if code == ExitCode.CONFORMS:
        but = ", but for what its ledger lists" if counts.known else ""
        return Text(f"conforms {at}{but}: {basis}, nothing unverified{aside}", colour)
    unverified = f"{counts.unverified} unverified" if counts.unverified else "nothing unverified"
    if code == ExitCode.DOES_NOT_CONFORM:
        if not (counts.failed or counts.blocked):
            colour = MARKS[Outcome.FAILED].colour
            aside += f"; the page promises what is not offered: {_names(missing_promises(report.header))}"
        return Text(
            f"does not conform {at} (exit code 1): {basis}, {counts.failed} failed, {unverified}{aside}", colour
        )
    return Text(f"unverified {at} (exit code 3): {basis}, nothing failed, {unverified}{aside}", colour)


def _is_unexplained(verdict: Verdict) -> bool:
    return verdict.outcome is Outcome.KNOWN and any(incident.why == UNEXPLAINED for incident in verdict.incidents)


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more


def _files(report: Report, place: Place) -> Iterator[Text]:
    """Yield where the report and its details are, and how this is printed again."""
    yield plain(f"report: {place}")
    if any(verdict.outcome is not Outcome.PASSED for verdict in report.verdicts):
        yield plain(f"details, a file for each check that did not pass: {os.path.relpath(place.details)}")
    yield plain(f"printed again by: {SHOW} {place}")
    seed = report.header.seed
    yield Text(f"seed: {seed} (--seed {seed} draws the same values again)")
    yield Text()


def _causes(report: Report, found: Sequence[Cause], place: Place, width: int) -> Iterator[Text]:
    """Yield a line for each of the first causes, and one for each other outcome that is not passed."""
    if found:
        listed = sum(_fails_otherwise(verdict) for verdict in report.verdicts)
        aside = f" ({number(listed, 'verdict')} that the ledger lists, but in another way)" if listed else ""
        yield Text(f"{number(len(found), 'cause')}, the one behind most verdicts first{aside}:", "bold")
    for cause in found[:MOST_CAUSES]:
        count = f"{number(len(cause.verdicts), 'verdict')} of {number(len(cause.requirements), 'requirement')}"
        told = f": {count}; the first: {cause.requirement}"
        sentence = shortened(one_line(cause.sentence), width - 4)
        yield plain(f"  {sentence}{told if len(sentence) + len(told) < width - 2 else ''}")
        if len(sentence) + len(told) >= width - 2:
            yield plain(f"    {told.removeprefix(': ')}")
    if len(found) > MOST_CAUSES:
        yield plain(f"  and {len(found) - MOST_CAUSES} more in {place.detail(details.CAUSES)}")
    others = [line for line in _others(report, width) if line]
    yield from others
    if found or others:
        yield Text()


def _fails_otherwise(verdict: Verdict) -> bool:
    return any(incident.listed and incident.outcome is Outcome.FAILED for incident in verdict.incidents)


def _others(report: Report, width: int) -> Iterator[Text]:
    """Yield a line for warned, known, mended and unverified verdicts: how many, and the first of them."""
    for outcome in (Outcome.UNVERIFIED, Outcome.WARNED, Outcome.KNOWN):
        verdicts = [verdict for verdict in report.in_contract_order if verdict.outcome is outcome]
        if verdicts:
            first = next(each for each in incidents_of(verdicts[0]) if each.outcome is outcome or not each.reproduce)
            head = f"{outcome}: {number(len(verdicts), 'verdict')}; the first: {_cell(verdicts[0])}: "
            # Of what is unverified the harness says what to do about it.
            most = MOST_CHARACTERS if outcome is Outcome.UNVERIFIED else max(width - len(head), 40)
            line = shortened(one_line(first.why or first.reason), most)
            yield Text.assemble((head, MARKS[outcome].colour), plain(line))
    flaky = [each for each in report.in_contract_order if any("flaky" in entry.replays for entry in each.incidents)]
    if flaky:
        yield Text(f"not failing each time: {number(len(flaky), 'verdict')}; the first: {_cell(flaky[0])}", "magenta")
    mended = [verdict for verdict in report.in_contract_order if any(incident.mended for incident in verdict.incidents)]
    if mended:
        cure = "take the entry away, or --write-ledger"
        yield Text(f"mended: {number(len(mended), 'verdict')}; the first: {_cell(mended[0])}: {cure}", "green")


def _cell(verdict: Verdict) -> str:
    return f"{verdict.requirement} on {verdict.backend}-{verdict.mode}"


def _mend(report: Report, found: Sequence[Cause], place: Place) -> Iterator[Text]:
    """Yield the cause that turns most cells of the page green, its first failure and the command that runs it again."""
    page = {name for name, requirement in report.header.requirements.items() if requirement.source == "p"}
    cause = first_to_mend(found, page)
    if cause is None:
        return
    requirement = report.header.requirements[cause.requirement]
    alone = f"{cause.greened(page)} of the page, {len(cause.alone)} in all"
    yield Text.assemble(
        ("mend this first: ", "bold"), plain(shortened(one_line(cause.sentence), MOST_CHARACTERS), "bold")
    )
    yield plain(f"  verdicts that turn green by it alone: {alone}")
    yield plain(f"  {cause.requirement} {requirement.keyword}  {requirement.sentence}")
    if cause.first.replays:
        yield plain(f"  replayed: {cause.first.replays}")
    if cause.first.reproduce:
        yield plain(f"  run it again: {cause.first.reproduce}")
    yield plain(f"  details: {place.detail(details.name_of(cause.first.check))}")
    if cause.first.file:
        yield plain(f"  evidence: {os.path.relpath(place.report.parent / cause.first.file)}")
    yield Text()


def _say(console: Console, *said: Text) -> None:
    for line in said:
        console.print(line, soft_wrap=True)
