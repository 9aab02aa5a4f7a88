"""Joins the reports of several runs, each of variants of its own, into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from matrix import report
from matrix.errors import NoSuchReport, NotOfOneKind, ReportError
from matrix.report import Report


def load(path: Path) -> Report:
    """Read a report; of a folder join those that lie in its folders, `*/report.json`.

    Raises what `matrix.report.load` and `join` raise, with `path` set.
    """
    if not path.is_dir():
        return report.load(path)
    files = sorted(path.glob("*/report.json"))
    try:
        if not files:
            raise NoSuchReport
        return join([report.load(file) for file in files])
    except ReportError as error:
        error.path = error.path or path
        raise


def join(reports: Sequence[Report]) -> Report:
    """Return one report of all verdicts, as of a run of all variants; its times are those of the first and the last.

    Raises NotOfOneKind where implementation, contract, level or Python differ, TwoVerdicts where a cell was judged
    twice.
    """
    ordered = sorted(reports, key=lambda each: each.header.started)
    first, last = ordered[0].header, ordered[-1]
    for each in ordered:
        for member in ("implementation", "contract", "level", "python"):
            values = getattr(first, member), getattr(each.header, member)
            if values[0] != values[1]:
                raise NotOfOneKind(member, *values)
    stamps = tuple(chain.from_iterable(each.header.variants for each in ordered))
    whole = replace(
        first.selection,
        backends=tuple(sorted({stamp.backend for stamp in stamps})),
        modes=tuple(sorted({stamp.mode for stamp in stamps})),
    )
    return Report.of(
        replace(last.header, started=first.started, variants=stamps, selection=whole),
        chain.from_iterable(each.verdicts for each in ordered),
        last.footer.finished,
        sum(each.footer.seconds for each in ordered),
    )
