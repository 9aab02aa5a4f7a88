"""The matrix of a report: a row for each chapter, a column for each variant, and its legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from conformance.judging.verdict import Outcome, Verdict
from matrix.counts import Counts
from matrix.header import VariantStamp
from matrix.marks import MARKS, NO_REQUIREMENT, NOT_OFFERED, WORST_FIRST, plain
from matrix.report import Report


@dataclass
class Cell:
    """What is known of requirements on a variant: verdicts, how many are not offered, how many were not selected."""

    verdicts: list[Verdict] = field(default_factory=list)
    not_offered: int = 0
    not_selected: int = 0

    def __add__(self, other: Cell) -> Cell:
        return Cell(
            self.verdicts + other.verdicts,
            self.not_offered + other.not_offered,
            self.not_selected + other.not_selected,
        )


Cells = dict[tuple[str, str], Cell]
"""Cells by chapter and variant."""


def matrix(report: Report, console: Console, totals: bool = False) -> list[Table]:
    """Return the matrix as one table, or as several where the console is too narrow; `totals` leaves chapters out."""
    cells = cells_of(report)
    remaining = columns_of(report)
    tables = []
    while remaining:
        variants = _fitting(report, cells, remaining, console, totals)
        table = _table(report, cells, variants, totals)
        table.width = _width(table, console)
        tables.append(table)
        remaining = remaining[len(variants) :]
    return tables


def columns_of(report: Report) -> list[VariantStamp]:
    """Return the variants of a report; where only some checks were chosen, those on which any of them ran."""
    ran = {f"{verdict.backend}-{verdict.mode}" for verdict in report.verdicts}
    variants = list(report.header.variants)
    if not report.header.selection.checks:
        return variants
    return [stamp for stamp in variants if str(stamp) in ran] or variants


def cells_of(report: Report) -> Cells:
    """Sort verdicts, and requirements that have none where they apply, into cells."""
    cells: Cells = {}
    judged = set()
    header = report.header
    for verdict in report.verdicts:
        variant = f"{verdict.backend}-{verdict.mode}"
        judged.add((verdict.requirement, variant))
        cells.setdefault((header.requirements[verdict.requirement].chapter, variant), Cell()).verdicts.append(verdict)
    for name, requirement in header.requirements.items():
        for stamp in header.variants:
            if str(stamp) in requirement.variants and (name, str(stamp)) not in judged:
                cell = cells.setdefault((requirement.chapter, str(stamp)), Cell())
                if header.offers(requirement):
                    cell.not_selected += 1
                else:
                    cell.not_offered += 1
    return cells


def legend(report: Report) -> Iterator[Text]:
    """Yield a line for each sign that occurs in the matrix, with its meaning."""
    signs = list(_signs(report))
    yield from signs
    if signs:
        yield Text()


def _signs(report: Report) -> Iterator[Text]:
    for outcome in WORST_FIRST:
        if outcome is not Outcome.PASSED and report.footer.counts[outcome]:
            mark = MARKS[outcome]
            yield Text.assemble((mark.sign, mark.colour), f" {mark.meaning}")
    cells = cells_of(report)
    if any(cell.not_offered for cell in cells.values()):
        yield Text(f"{NOT_OFFERED} not offered by the implementation")
    if any((chapter, str(stamp)) not in cells for chapter in _chapters(report) for stamp in columns_of(report)):
        yield Text(f"{NO_REQUIREMENT} no requirement of this chapter applies here")


def number(count: int, noun: str) -> str:
    """Return a count with its noun, in the plural unless it is one."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _table(report: Report, cells: Cells, variants: Sequence[VariantStamp], totals: bool) -> Table:
    table = Table(box=box.SIMPLE, show_edge=False, padding=0, show_footer=True, header_style="", footer_style="")
    table.add_column("", footer="total", no_wrap=True)
    for stamp in variants:
        mine = [cell for (_, variant), cell in cells.items() if variant == str(stamp)]
        heading = Text(f"{stamp.backend}\n{stamp.mode}")
        table.add_column(heading, footer=_total(sum(mine, Cell())), justify="right", no_wrap=True)
    for chapter in () if totals else _chapters(report):
        table.add_row(plain(chapter), *(_shown(cells.get((chapter, str(stamp)))) for stamp in variants))
    return table


def _chapters(report: Report) -> list[str]:
    return list(dict.fromkeys(requirement.chapter for requirement in report.header.requirements.values()))


def _shown(cell: Cell | None) -> Text:
    """Return a cell of one line: `21`, or `19/21` with the sign of the worst that is among it; empty where nothing was
    selected."""
    if cell is None:
        return Text(NO_REQUIREMENT)
    counts = Counts.of(cell.verdicts)
    total = counts.total + cell.not_offered
    if not total:
        return Text()
    if counts.passed == total:
        return Text(str(total), MARKS[Outcome.PASSED].colour)
    bad = counts.worst if counts.passed < counts.total else None
    mark = MARKS[bad] if bad else None
    return Text(f"{counts.passed}/{total}{mark.sign if mark else NOT_OFFERED}", mark.colour if mark else "dim")


def _total(cell: Cell) -> Text:
    """Return the cell of a whole variant, with a line for each sign: how many there are."""
    if not cell.verdicts and not cell.not_offered and not cell.not_selected:
        return Text(NO_REQUIREMENT)
    counts = Counts.of(cell.verdicts)
    total = counts.total + cell.not_offered
    shown = Text(str(total) if counts.passed == total else f"{counts.passed}/{total}")
    if counts.total:
        shown.stylize(MARKS[counts.worst].colour)
    for outcome in WORST_FIRST:
        if outcome is not Outcome.PASSED and counts[outcome]:
            shown.append(f"\n{MARKS[outcome].sign} {counts[outcome]}", MARKS[outcome].colour)
    if cell.not_offered:
        shown.append(f"\n{NOT_OFFERED} {cell.not_offered}", "dim")
    return shown


def _fitting(
    report: Report, cells: Cells, variants: list[VariantStamp], console: Console, totals: bool
) -> list[VariantStamp]:
    """Return as many of the first variants as the console is wide enough for, at least one."""
    numbers = range(len(variants), 1, -1)
    fitting = (n for n in numbers if _width(_table(report, cells, variants[:n], totals), console) <= console.width)
    return variants[: next(fitting, 1)]


def _width(table: Table, console: Console) -> int:
    unlimited = console.options.update(width=10_000)
    return Measurement.get(console, unlimited, table).maximum


def height(table: Table, console: Console) -> int:
    """Return how many lines a table takes."""
    return len(console.render_lines(table, console.options.update(width=10_000)))
