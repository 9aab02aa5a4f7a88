"""The files of ledgers: TOML, a table for each cause, and below it a table of failures with their requirements.

    [[cause]]
    why = "Starlette 1.0 took away `on_event`, which every service calls."
    link = "https://www.starlette.io/release-notes/"
    expires = 2030-06-30
    when = 'backend == "starlette"'

    [cause.failures]
    "status: expected 404, came 200" = ["ROUTE-1a", "ROUTE-3a test_a_fixed_path_wins on async [first|second]"]

`link`, `when` and `sometimes` may be left out. A requirement is followed by the name of a check, by backends, modes or
variants, and by cases, each of which may be left out.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from conformance.contract.condition import EVERYWHERE, Condition, ConditionError
from conformance.foundation.exceptions import BadUsage
from conformance.judging.ledger import Entry, Explanation, Ledger
from conformance.judging.verdict import UNEXPLAINED

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

WIDTH = 120
_KEYS = {"why": True, "link": False, "expires": True, "when": False, "sometimes": False, "failures": True}
_REFERENCE = re.compile(
    r"(?P<requirement>[A-Z]+-g?\d+[a-z]?)(?: (?P<check>test_\w+))?(?: on (?P<on>[\w-]+(?:, [\w-]+)*))?"
    r"(?: \[(?P<cases>.*)\])?",
    re.DOTALL,
)
_SHAPE = '"ROUTE-3a", or "ROUTE-3a test_x on flask, async [first case|second case]"'
_HEADER = """\
# The known causes of failures of {name}, written by `--write-ledger`, which keeps `why`, `link`, `expires` and `when`,
# and no comments. CONTRIBUTING.md describes the format.
"""


def load(file: Path) -> Ledger:
    """Read a ledger, empty where the file is missing; raises BadUsage naming file, cause and cure."""
    if not file.is_file():
        return Ledger(file)
    try:
        return Ledger(file, read(file.read_text(encoding="utf-8"), str(file)))
    except UnicodeDecodeError as error:
        raise BadUsage(f"{file} is not UTF-8: {error}") from error


def read(text: str, file: str) -> tuple[Entry, ...]:
    """Parse the text of a ledger; raises as `load` does."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadUsage(f"{file} is not TOML: {error}") from error
    if unknown := set(data) - {"cause"}:
        raise BadUsage(f"{file}: unknown key {sorted(unknown)[0]}; a ledger holds [[cause]] tables.")
    tables = data.get("cause", [])
    if not (isinstance(tables, list) and all(isinstance(table, dict) for table in tables)):
        raise BadUsage(f"{file}: cause is a list of tables, each under a line [[cause]].")
    return tuple(
        entry for number, table in enumerate(tables, 1) for entry in _entries(table, f"{file}: cause {number}", number)
    )


def _entries(table: Mapping[str, Any], where: str, number: int) -> Iterator[Entry]:
    explanation = _explanation(table, where)
    failures = table["failures"]
    if not (isinstance(failures, dict) and failures):
        raise BadUsage(f"{where}: failures is a table, under a line [cause.failures].")
    for failure, references in failures.items():
        if not (isinstance(references, list) and references and all(isinstance(each, str) for each in references)):
            raise BadUsage(f"{where}: {failure!r} is followed by a list of texts: [{_SHAPE}].")
        for reference in references:
            found = _REFERENCE.fullmatch(reference)
            if found is None:
                raise BadUsage(f"{where}: {reference!r} is no requirement with its places; one reads {_SHAPE}.")
            cases = [] if found["cases"] is None else re.split(r"(?<!\\)\|", found["cases"])
            yield Entry(
                requirement=found["requirement"],
                failure=failure,
                explanation=explanation,
                check=found["check"] or "",
                cases=tuple(case.replace("\\|", "|") for case in cases),
                on=tuple(found["on"].split(", ")) if found["on"] else (),
                number=number,
            )


def _explanation(table: Mapping[str, Any], where: str) -> Explanation:
    for key in table:
        if key not in _KEYS:
            raise BadUsage(f"{where}: unknown key {key}; there are {', '.join(_KEYS)}.")
    for key, required in _KEYS.items():
        if required and key not in table:
            raise BadUsage(f"{where}: {key!r} is missing.")
    for key in ("why", "link", "when"):
        if not isinstance(table.get(key, ""), str):
            raise BadUsage(f"{where}: {key} is a text.")
    if not table["why"].strip():
        raise BadUsage(f"{where}: `why` is empty; say why the divergence is there.")
    expires, sometimes = table["expires"], table.get("sometimes", False)
    if not isinstance(expires, datetime.date) or isinstance(expires, datetime.datetime):
        raise BadUsage(f"{where}: expires is a date without quotes, `expires = 2030-12-31`.")
    if not isinstance(sometimes, bool):
        raise BadUsage(f"{where}: sometimes is true, or left out.")
    try:
        when = Condition.parse(table["when"]) if "when" in table else EVERYWHERE
    except ConditionError as error:
        raise BadUsage(f"{where}: when: {error}. Leave `when` out where it shows everywhere.") from None
    return Explanation(table["why"], table.get("link", ""), expires, when, sometimes)


def write(ledger: Ledger, name: str) -> str:
    """Write a ledger to its file unless that lists the same already; returns a line that counts its causes."""
    causes = _causes(ledger.entries)
    unexplained = sum(entries[0].explanation.why == UNEXPLAINED for entries in causes)
    said = f"ledger: {ledger.file}: {len(causes)} causes, {unexplained} of them {UNEXPLAINED}"
    if _parts(load(ledger.file).entries) == _parts(ledger.entries):
        return f"{said}; unchanged"
    ledger.file.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join([_HEADER.format(name=name), *map(_table, causes)])
    ledger.file.write_text(text, encoding="utf-8")
    return said


def _causes(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Group entries by what people wrote of them; what is not explained yet also by its failure."""
    causes: dict[tuple[Explanation, str], list[Entry]] = {}
    for entry in entries:
        failure = entry.failure if entry.explanation.why == UNEXPLAINED else ""
        causes.setdefault((entry.explanation, failure), []).append(entry)
    return list(causes.values())


def _parts(entries: Iterable[Entry]) -> set[tuple[object, ...]]:
    """What the entries list, in whichever order and however divided."""
    return {
        (entry.requirement, entry.failure, entry.explanation, entry.check, case, entry.on)
        for entry in entries
        for case in entry.cases or ("",)
    }


def _table(entries: Sequence[Entry]) -> str:
    explanation = entries[0].explanation
    lines = ["[[cause]]", f"why = {_quoted(explanation.why)}"]
    if explanation.link:
        lines.append(f"link = {_quoted(explanation.link)}")
    lines.append(f"expires = {explanation.expires.isoformat()}")
    if explanation.when != EVERYWHERE:
        lines.append(f"when = {_quoted(explanation.when.text)}")
    if explanation.sometimes:
        lines.append("sometimes = true")
    lines.append("[cause.failures]")
    failures: dict[str, list[str]] = {}
    for entry in entries:
        failures.setdefault(entry.failure, []).extend(map(_quoted, _references(entry)))
    for failure, references in failures.items():
        lines += _list(_quoted(failure), references)
    return "\n".join(lines) + "\n"


def _list(key: str, texts: Sequence[str]) -> list[str]:
    whole = f"{key} = [{', '.join(texts)}]"
    if len(texts) == 1 or len(whole) <= WIDTH:
        return [whole]
    lines = [f"{key} = ["]
    line = "   "
    for text in texts:
        if line.strip() and len(line) + len(text) + 2 > WIDTH:
            lines.append(line)
            line = "   "
        line += f" {text},"
    return [*lines, line, "]"]


def _references(entry: Entry) -> Iterator[str]:
    """The entry in the form of the file: several texts where its cases make a long line."""
    on = f"on {', '.join(entry.on)}" if entry.on else ""
    named = " ".join(filter(None, (entry.requirement, entry.check, on)))
    if not entry.cases:
        yield named
    cases: list[str] = []
    for case in (case.replace("|", "\\|") for case in entry.cases):
        if cases and len(named) + len("|".join([*cases, case])) > WIDTH - 10:
            yield f"{named} [{'|'.join(cases)}]"
            cases = []
        cases.append(case)
    if cases:
        yield f"{named} [{'|'.join(cases)}]"


def _quoted(text: str) -> str:
    """The text as a string of TOML, without escapes where it can be."""
    if '"' not in text and "\\" not in text and text.isprintable():
        return f'"{text}"'
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
