"""Reports of runs, report.json: value types, writing, reading and comparison."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from conformance.foundation.requirement_ids import sort_key
from conformance.judging.verdict import Outcome, Verdict
from matrix.counts import Counts
from matrix.errors import (
    FooterDisagrees,
    NoFooter,
    NoSuchReport,
    NotJSON,
    ReportError,
    SchemaMismatch,
    TwoVerdicts,
    Undescribed,
    UnknownSchema,
    UnreadableReport,
)
from matrix.header import Header
from matrix.levels import exit_code

SCHEMA = 2
MOST_BYTES = 256 * 1024 * 1024  # of a report that is read
SCHEMA_FILE = Path(__file__).with_name("report.schema.json")


@dataclass(frozen=True)
class Footer:
    """Footer of a report: `finished` is ISO 8601 in UTC, `seconds` the wall-clock time of the run."""

    counts: Counts
    exit_code: int
    finished: str
    seconds: float


@dataclass(frozen=True)
class Report:
    """A whole report; its verdicts are sorted here, by requirement, backend and mode.

    Use `Report.of`, which computes the footer. Raises `TwoVerdicts`, `Undescribed` or `FooterDisagrees` for a report
    that contradicts itself.
    """

    header: Header
    verdicts: tuple[Verdict, ...]
    footer: Footer

    def __post_init__(self) -> None:
        ordered = sorted(map(_tidy, self.verdicts), key=_place)
        object.__setattr__(self, "verdicts", tuple(ordered))
        self._check_cells()
        self._check_footer()

    def _check_cells(self) -> None:
        described = {str(stamp) for stamp in self.header.variants}
        seen: set[tuple[str, str]] = set()
        for verdict in self.verdicts:
            cell = verdict.requirement, f"{verdict.backend}-{verdict.mode}"
            if cell in seen:
                raise TwoVerdicts(*cell)
            if verdict.requirement not in self.header.requirements:
                raise Undescribed(*cell, "requirements")
            if cell[1] not in described:
                raise Undescribed(*cell, "variants")
            seen.add(cell)

    def _check_footer(self) -> None:
        counts = Counts.of(self.verdicts)
        said = self.footer.counts
        for outcome in Outcome:
            if said[outcome] != counts[outcome]:
                raise FooterDisagrees(f"counts.{outcome}", said[outcome], counts[outcome])
        code = exit_code(self.header, counts)
        if self.footer.exit_code != code:
            raise FooterDisagrees("exit_code", self.footer.exit_code, code)

    @classmethod
    def of(cls, header: Header, verdicts: Iterable[Verdict], finished: str, seconds: float) -> Report:
        """Build the report of a run that ended at `finished`, ISO 8601 in UTC, and took `seconds`."""
        found = tuple(verdicts)
        counts = Counts.of(found)
        return cls(header, found, Footer(counts, exit_code(header, counts), finished, seconds))

    @property
    def in_contract_order(self) -> list[Verdict]:
        """The verdicts, those of a requirement that the contract has first before others."""
        order = {name: place for place, name in enumerate(self.header.requirements)}
        return sorted(self.verdicts, key=lambda verdict: order[verdict.requirement])

    def as_json(self) -> dict[str, Any]:
        """Return the form that report.json holds."""
        return {
            "schema": SCHEMA,
            "header": asdict(self.header),
            "verdicts": [verdict.as_json() for verdict in self.verdicts],
            "footer": asdict(self.footer),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Report:
        """Build a report from what `as_json` returned; the value has to match the schema."""
        footer = {**value["footer"], "counts": Counts(**value["footer"]["counts"])}
        verdicts = tuple(Verdict.from_json(entry) for entry in value["verdicts"])
        return cls(Header.from_json(value["header"]), verdicts, Footer(**footer))


def _place(verdict: Verdict) -> tuple[tuple[str | int, ...], str, str]:
    return sort_key(verdict.requirement), verdict.backend, verdict.mode


def _tidy(verdict: Verdict) -> Verdict:
    """Sort the parts of a verdict, which workers deliver in any order."""
    incidents = sorted(verdict.incidents, key=lambda entry: (entry.check, entry.reason, entry.reproduce))
    checks, files = tuple(sorted(verdict.checks)), tuple(sorted(verdict.files))
    return replace(verdict, checks=checks, incidents=tuple(incidents), files=files)


def without_times(report: Report) -> dict[str, Any]:
    """Return the JSON form of `report` without its times, which is equal for equal runs of one seed.

    `started`, `finished` and `seconds` are left out and nothing else: logs and exchanges are compared as they are.
    """
    value = report.as_json()
    del value["header"]["started"], value["footer"]["finished"], value["footer"]["seconds"]
    return value


def dump(report: Report, path: Path) -> None:
    """Write `report` to `path` atomically, creating folders as needed.

    Raises `SchemaMismatch` before anything is written, where `load` would; OSError where the file cannot be written.
    """
    text = json.dumps(report.as_json(), indent=2, ensure_ascii=False) + "\n"
    _match(json.loads(text))
    _write(path, text)


def load(path: Path) -> Report:
    """Read a report that `dump` wrote.

    Raises a `ReportError` whose `path` is set: `NoSuchReport`, `UnreadableReport`, `NotJSON`, `UnknownSchema`,
    `NoFooter`, `SchemaMismatch`, or one of those that `Report` raises.
    """
    try:
        value = _read(path)
        number = value.get("schema") if isinstance(value, dict) else None
        if type(number) is int and number != SCHEMA:
            raise UnknownSchema(number, SCHEMA)
        if isinstance(value, dict) and "schema" in value and value.get("footer") is None:
            raise NoFooter
        _match(value)
        return Report.from_json(value)
    except ReportError as error:
        error.path = path
        raise


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        # A byte of a server's log that was no UTF-8 is a lone surrogate by now; `\udc80` is how JSON spells it.
        with open(descriptor, "wb") as writing:
            writing.write(text.encode("utf-8", "backslashreplace"))
        os.chmod(unfinished, 0o644)  # a report is there to be read
        os.replace(unfinished, path)
    except BaseException:
        os.unlink(unfinished)
        raise


def _read(path: Path) -> Any:
    try:
        with path.open("rb") as reading:
            data = reading.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise UnreadableReport(f"it has more than {MOST_BYTES} bytes")
        return json.loads(data, parse_constant=_no_constant)
    except FileNotFoundError:
        raise NoSuchReport from None
    except OSError as error:
        raise UnreadableReport(error.strerror or str(error)) from None
    except (ValueError, RecursionError) as error:
        raise NotJSON(str(error)) from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number that JSON knows")


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped, unused-ignore]

    return Draft202012Validator(json.loads(SCHEMA_FILE.read_text("utf-8")))


def _match(value: Any) -> None:
    from jsonschema.exceptions import best_match  # type: ignore[import-untyped, unused-ignore]

    error = best_match(_validator().iter_errors(value))
    if error is not None:
        cause = error.message if len(error.message) <= 200 else f"{error.message[:100]} ... {error.message[-90:]}"
        raise SchemaMismatch(error.json_path.removeprefix("$").removeprefix(".") or "its top", cause)
