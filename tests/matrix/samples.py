"""Small reports for the tests of the matrix package."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from rich.console import Console

from conformance.judging.verdict import Incident, Outcome, Verdict
from matrix.header import Contract, Control, Harness, Header, Implementation, Requirement, Selection, VariantStamp
from matrix.report import Report
from matrix.terminal import Place, show, show_details

FINISHED = "2026-11-22T16:53:00+00:00"
BACKENDS = ("django", "fastapi", "flask", "sanic", "starlette", "tornado")
PLACE = Place(Path("reports/reference/report.json"))
EVERY_VARIANT = tuple(f"{backend}-{mode}" for backend in BACKENDS for mode in ("async", "sync"))


def incident(outcome: Outcome, check: str = "test_hook.py::test_it_runs_once", **changed: object) -> Incident:
    """Why a check did not pass, with any member changed."""
    told = {"reason": "it ran twice", "reproduce": "pytest conformance -k once", "log": "", "exchanges": ()}
    return Incident(check=check, outcome=outcome, **{**told, **changed})  # type: ignore[arg-type]


def verdict(requirement: str, variant: str, outcome: Outcome = Outcome.PASSED, *against: Incident) -> Verdict:
    """A verdict on `flask-sync`; one that is not passed gets some incident where none is given."""
    backend, _, mode = variant.rpartition("-")
    if not against and outcome is not Outcome.PASSED:
        against = (incident(outcome),)
    return Verdict(requirement, backend, mode, outcome, ("test_hook.py::test_it_runs_once",), against)


def header(
    variants: Iterable[str] = ("flask-sync", "sanic-async"),
    requirements: Iterable[str] = ("SERVICE-1", "HOOK-2", "HOOK-3", "HOOK-10"),
    selection: Selection | None = None,
    started: str = "2026-11-22T16:52:00+00:00",
    level: str = "full",
    page: Collection[str] = (),
    needs: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    not_offered: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
    applies: Collection[str] = EVERY_VARIANT,
) -> Header:
    """A header that lists `variants` and `requirements`, of which those of `page` have the source p, all others r."""
    names = [name.split("-") for name in variants]
    return Header(
        contract=Contract("1", "sha256:" + "0" * 64),
        harness=Harness("utilmeta-conformance", "0.1.0"),
        implementation=Implementation("reference", "utilmeta-reference", "0.2.0", *not_offered),
        python="3.11.7",
        platform="Linux-6.1-x86_64",
        started=started,
        seed=7,
        level=level,
        selection=selection or Selection(),
        variants=tuple(VariantStamp(backend, mode, {backend: "3.1.3"}, "Server") for backend, mode in names),
        requirements={
            name: Requirement(
                name.partition("-")[0],
                "MUST",
                "p" if name in page else "r",
                f"The promise of {name} holds.",
                tuple(applies),
                needs.get(name, ()),
            )
            for name in requirements
        },
        control=Control(7, 5),
    )


def report(*verdicts: Verdict, about: Header | None = None, finished: str = FINISHED, seconds: float = 60.0) -> Report:
    """A report of `verdicts`, finished on 22 November 2026."""
    return Report.of(about or header(), verdicts, finished, seconds)


def printed(said: Report, width: int = 120, details: bool = False, **options: object) -> str:
    """What the terminal shows of `said`, or all of it."""
    stream = io.StringIO()
    console = Console(file=stream, width=width, **{"force_terminal": False, **options})  # type: ignore[arg-type]
    (show_details if details else show)(said, console, PLACE)
    return stream.getvalue()


def one_bad(outcome: Outcome, **changed: object) -> Report:
    """Report of a check that passed and of one that did not, on flask-sync."""
    bad = verdict("HOOK-3", "flask-sync", outcome, incident(outcome, **changed))  # type: ignore[arg-type]
    return report(verdict("HOOK-2", "flask-sync"), bad, about=header(["flask-sync"], ["HOOK-2", "HOOK-3"]))
