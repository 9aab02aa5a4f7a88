"""Prints a report on a terminal: the matrix of chapters and variants, what did not pass, and a conclusion."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TextIO

from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from conformance.foundation.exit_codes import ExitCode
from conformance.judging.verdict import UNEXPLAINED, Outcome, Verdict
from matrix.counts import Counts
from matrix.findings import describe, findings
from matrix.header import Selection, VariantStamp
from matrix.marks import MARKS, NO_REQUIREMENT, WORST_FIRST, plain
from matrix.report import Report

WIDTH_OF_A_FILE = 120
"""Columns of output that goes to no terminal, so that a log of CI is the same everywhere."""


def console_for(stream: TextIO) -> Console:
    """Return a console on `stream`, in colour where it is a terminal and NO_COLOR is not set.

    From here on `stream` writes characters that its encoding lacks as escapes (`\\u2717`).
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return Console(file=stream, width=None if stream.isatty() else WIDTH_OF_A_FILE, highlight=False)


def show(report: Report, console: Console) -> None:
    """Print all of `report`: the matrix, each thing that did not pass, and the conclusion.

    The text depends on the report and the console's width alone. A matrix wider than the console is cut into several,
    one below the other; no other line is wrapped.
    """
    _overview(report, console)
    _say(console, *chain.from_iterable((*describe(finding), Text()) for finding in findings(report)))
    _say(console, control(report), conclusion(report))


def summary(report: Report, console: Console) -> None:
    """Print the matrix and the conclusion of `report`, for a run that has already printed what did not pass."""
    _overview(report, console)
    _say(console, control(report), conclusion(report))


def title(report: Report) -> Text:
    """Return the title of a report: implementation, harness, contract, killed mutants, selection if any."""
    header = report.header
    implementation, harness = header.implementation, header.harness
    said = plain(
        f"{implementation.name} ({implementation.distribution} {implementation.version}) judged by {harness.name} "
        f"{harness.version}, contract edition {header.contract.edition}, Python {header.python}",
        "bold",
    )
    if header.mutants is not None:
        killed = header.mutants
        said.append("\n").append_text(plain(f"its checks kill {killed.killed} of {_number(killed.of, 'mutant')}"))
    selection = _selection(header.selection)
    return said.append("\n").append_text(plain(f"a part only: {selection}")) if selection else said


def _selection(selection: Selection) -> str:
    chosen = {
        "backend": selection.backends,
        "mode": selection.modes,
        "requirement": selection.requirements,
    }
    return "; ".join(f"{name} {', '.join(values)}" for name, values in chosen.items() if values)


def matrix(report: Report, variants: Sequence[VariantStamp]) -> Table:
    """Return a table with a row for each chapter, in the contract's order, a column for each variant, and totals."""
    table = Table(box=box.SIMPLE, show_edge=False, padding=0, show_footer=True, header_style="", footer_style="")
    cells = _cells(report)
    table.add_column("", footer="total", no_wrap=True)
    for stamp in variants:
        total = (verdict for (_, variant), cell in cells.items() if variant == str(stamp) for verdict in cell)
        heading = Text(f"{stamp.backend}\n{stamp.mode}")
        table.add_column(heading, footer=_cell(Counts.of(total)), justify="right", no_wrap=True)
    for chapter in _chapters(report):
        row = (_cell(Counts.of(cells.get((chapter, str(stamp)), ()))) for stamp in variants)
        table.add_row(plain(chapter), *row)
    return table


def legend(report: Report) -> Iterator[Text]:
    """Yield a line for each sign that occurs in the report, with its meaning."""
    for outcome in WORST_FIRST:
        if outcome is not Outcome.PASSED and report.footer.counts[outcome]:
            mark = MARKS[outcome]
            yield Text.assemble((mark.sign, mark.colour), f" {mark.meaning}")
    cells = _cells(report)
    if any((chapter, str(stamp)) not in cells for chapter in _chapters(report) for stamp in report.header.variants):
        yield Text(f"{NO_REQUIREMENT} no requirement of this chapter applies here")


def control(report: Report) -> Text:
    """Return a line about the checks that the oracle had to pass before they judged, and those exempt from that."""
    found = report.header.control
    return Text(
        f"{_number(found.controlled, 'check')} controlled by the oracle, "
        f"{found.exempt} exempt because they need more than HTTP"
    )


def conclusion(report: Report) -> Text:
    """Return a line that says what the run's exit code means, and on how many verdicts it rests."""
    counts = report.footer.counts
    variants = {(verdict.backend, verdict.mode) for verdict in report.verdicts}
    basis = f"{_number(counts.total, 'verdict')} on {_number(len(variants), 'variant')}"
    aside = "".join(f", {counts[outcome]} {outcome}" for outcome in (Outcome.WARNED, Outcome.KNOWN) if counts[outcome])
    if unexplained := sum(map(_is_unexplained, report.verdicts)):
        aside += f", {unexplained} of them {UNEXPLAINED}"
    colour = MARKS[counts.worst].colour
    if not counts.total:
        return Text("unverified (exit code 3): there is no verdict at all, nothing was checked", colour)
    if counts.exit_code == ExitCode.CONFORMS:
        conforms = "conforms but for what its ledger lists" if counts.known else "conforms"
        return Text(f"{conforms}: {basis}, nothing unverified{aside}", colour)
    unverified = f"{counts.unverified} unverified" if counts.unverified else "nothing unverified"
    if counts.exit_code == ExitCode.DOES_NOT_CONFORM:
        return Text(f"does not conform (exit code 1): {basis}, {counts.failed} failed, {unverified}{aside}", colour)
    return Text(f"unverified (exit code 3): {basis}, nothing failed, {unverified}{aside}", colour)


def _is_unexplained(verdict: Verdict) -> bool:
    return verdict.outcome is Outcome.KNOWN and any(incident.why == UNEXPLAINED for incident in verdict.incidents)


def _overview(report: Report, console: Console) -> None:
    _say(console, title(report), Text())
    remaining = list(report.header.variants)
    while remaining:
        columns = _fitting(report, remaining, console)
        table = matrix(report, columns)
        table.width = _width(table, console)
        console.print(table, crop=False)
        _say(console, Text())
        remaining = remaining[len(columns) :]
    signs = list(legend(report))
    _say(console, *signs, *[Text()] if signs else [])


def _chapters(report: Report) -> list[str]:
    return list(dict.fromkeys(requirement.chapter for requirement in report.header.requirements.values()))


def _cells(report: Report) -> dict[tuple[str, str], list[Verdict]]:
    cells: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in report.verdicts:
        chapter = report.header.requirements[verdict.requirement].chapter
        cells.setdefault((chapter, f"{verdict.backend}-{verdict.mode}"), []).append(verdict)
    return cells


def _cell(counts: Counts) -> Text:
    """Return a cell: `21`, or `19/21` above a sign and a number for each outcome but passed, the worst first."""
    if not counts.total:
        return Text(NO_REQUIREMENT)
    whole = str(counts.total) if counts.passed == counts.total else f"{counts.passed}/{counts.total}"
    cell = Text().append(whole, MARKS[counts.worst].colour)
    for outcome in WORST_FIRST:
        if outcome is not Outcome.PASSED and counts[outcome]:
            cell.append(f"\n{MARKS[outcome].sign} {counts[outcome]}", MARKS[outcome].colour)
    return cell


def _fitting(report: Report, variants: list[VariantStamp], console: Console) -> list[VariantStamp]:
    """Return as many of the first variants as the console is wide enough for, at least one."""
    numbers = range(len(variants), 1, -1)
    return variants[: next((n for n in numbers if _width(matrix(report, variants[:n]), console) <= console.width), 1)]


def _width(table: Table, console: Console) -> int:
    unlimited = console.options.update(width=10_000)
    return Measurement.get(console, unlimited, table).maximum


def _say(console: Console, *said: Text) -> None:
    for line in said:
        console.print(line, soft_wrap=True)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
