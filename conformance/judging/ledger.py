"""Ledgers: a TOML file for each implementation, with an entry for each known divergence and the reason for it.

An entry excuses a check's failure on the variants where its condition holds, as long as the failure is the one that is
written down and the entry's date has not passed. It is an error when it

- matches no check (`laws`, `unknown_cases`: before any check runs),
- can never apply (`laws`),
- lists what passes (unless it says that it does so sometimes), what fails with another signature, or is over its date
  (`Ledger.ruling`: a failure of the run).

An entry is not looked at where its checks were left out, or its condition is about other versions than the run's.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from conformance.contract.condition import EVERYWHERE, TEXTS, Condition, ConditionError, names_of
from conformance.contract.requirement import Contract
from conformance.contract.variant import Variant
from conformance.foundation.exceptions import BadUsage
from conformance.judging.case_result import CaseResult
from conformance.judging.verdict import Outcome
from conformance.target.implementation import FOLDER, Implementation

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LEDGERS = Path(__file__).parents[1] / "ledgers"
CURE = "--write-ledger writes it anew"
ANYTHING = "**"
_TEXT_KEYS = ("requirement", "check", "expected", "came", "why", "link")
_KEYS = {*_TEXT_KEYS, "cases", "when", "sometimes", "expires"}
_OPTIONAL = {"cases", "when", "sometimes", "link"}


@dataclass(frozen=True)
class Explanation:
    """The part of an entry that people write: the reason of the divergence, a link, and the date it expires."""

    why: str
    link: str
    expires: datetime.date


@dataclass(frozen=True)
class Entry:
    """A known divergence: a check of a requirement that fails with this signature where `when` holds.

    `cases` are the ids of parametrized cases, without the variant; empty for every case, or for a check that has none.
    `number` is its place in the file, from 1. `**` in `expected` or `came` matches any text, for what differs from run
    to run, such as how far a service got that races with its own hooks. `sometimes` says that such a race may also end
    well: a pass is then known too.
    """

    requirement: str
    check: str
    expected: str
    came: str
    explanation: Explanation
    cases: tuple[str, ...] = ()
    when: Condition = EVERYWHERE
    sometimes: bool = False
    number: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"entry {self.number} ({self.requirement}, {self.check})"

    def admits(self, expected: str, came: str) -> bool:
        """Whether the signature is the entry's, with `**` as a wildcard."""
        return _like(self.expected, expected) and _like(self.came, came)


def _like(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split(ANYTHING))), text, re.DOTALL) is not None


@dataclass(frozen=True)
class Ruling:
    """Ruling of a ledger on one result: `known`, or `failed` where the ledger is wrong about it."""

    outcome: Outcome
    reason: str
    why: str = ""
    link: str = ""


@dataclass(frozen=True)
class Ledger:
    """Entries of one ledger file, none where the file is missing; they expire after `today`."""

    file: Path
    entries: tuple[Entry, ...] = ()
    today: datetime.date = field(default_factory=datetime.date.today)

    @cached_property
    def _by_check(self) -> Mapping[tuple[str, str], list[Entry]]:
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries:
            found.setdefault((entry.requirement, entry.check), []).append(entry)
        return found

    def ruling(
        self,
        requirement: str,
        result: CaseResult,
        versions: Mapping[str, str],
    ) -> Ruling | None:
        """Return the outcome that the ledger gives a check's result for one requirement, such as known; None where no
        entry names this check, case and variant.

        `versions` are those that the variant ran on, by distribution and `python`.
        """
        check, case, variant, failure = result.check, result.case, result.variant, result.failure
        about = [
            entry
            for entry in self._by_check.get((requirement, check), ())
            if (not entry.cases or case in entry.cases) and entry.when.holds(variant, versions)
        ]
        if not about or result.outcome in (Outcome.UNVERIFIED, Outcome.BLOCKED):
            return None
        entry, *more = about
        what = f"{check}[{case}]" if case else check
        if more:
            numbers = " and ".join(str(entry.number) for entry in about)
            return self._wrong(entry, f"lists what another one lists too: {numbers} hold for {what} on {variant}.")
        if failure is None and not entry.sometimes:
            return self._wrong(
                entry,
                f"lists what passes: {what} passes on {variant}. Take the entry, or this case or variant of it, away; "
                f"{CURE}.",
            )
        if failure is not None and not entry.admits(failure.expected, failure.came):
            return self._wrong(
                entry,
                f"fails with another signature: {what} on {variant}.\n"
                f"expected in the ledger: {entry.expected}\ncame in the ledger:     {entry.came}\n"
                f"expected now:           {failure.expected}\ncame now:               {failure.came}\n"
                f"If it is the same divergence, {CURE}.",
            )
        explanation = entry.explanation
        if self.today > explanation.expires:
            return self._wrong(
                entry,
                f"is over its date: it stood until {explanation.expires}, and {what} "
                f"{'still fails' if failure else 'was to fail sometimes'} on {variant}. "
                "Look at the divergence again, then give the entry another `expires`.",
            )
        link = f" ({explanation.link})" if explanation.link else ""
        often = "known, and not seen this time" if failure is None else "known"
        reason = f"{often}: {explanation.why}{link}\nexpected: {entry.expected}\ncame:     {entry.came}"
        return Ruling(Outcome.KNOWN, reason, explanation.why, explanation.link)

    def _wrong(self, entry: Entry, sentence: str) -> Ruling:
        return Ruling(Outcome.FAILED, f"{self.file}: {entry} {sentence}")

    def unknown_cases(self, found: Mapping[str, Collection[str]]) -> list[str]:
        """List, as sentences, the cases of entries that their check does not have; `found` are the cases by check."""
        broken = []
        for entry in self.entries:
            known = found.get(entry.check, entry.cases)
            having = ", ".join(repr(case) for case in sorted(known) if case) or "none; leave `cases` out"
            broken += [
                f"{self.file}: {entry} matches no check: that one has no case {case!r}. Its cases: {having}."
                for case in entry.cases
                if case not in known
            ]
        return broken


def path_of(implementation: Implementation) -> Path:
    """Path of an implementation's ledger: in conformance/ledgers for one of the project's, else beside its file."""
    file = implementation.file
    return LEDGERS / file.name if file.parent == FOLDER.resolve() else file.with_suffix(".ledger.toml")


def load(file: Path) -> Ledger:
    """Read a ledger, empty where the file is missing; raises BadUsage naming file, entry and cure."""
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
    if unknown := set(data) - {"divergence"}:
        raise BadUsage(f"{file}: unknown key {sorted(unknown)[0]}; a ledger holds [[divergence]] tables.")
    tables = data.get("divergence", [])
    if not (isinstance(tables, list) and all(isinstance(table, dict) for table in tables)):
        raise BadUsage(f"{file}: divergence is a list of tables, each under a line [[divergence]].")
    return tuple(_entry(table, f"{file}: entry {number}", number) for number, table in enumerate(tables, 1))


def _entry(table: Mapping[str, Any], where: str, number: int) -> Entry:
    for key in table:
        if key not in _KEYS:
            raise BadUsage(f"{where}: unknown key {key}; there are {', '.join(sorted(_KEYS))}.")
    for key in sorted(_KEYS - _OPTIONAL):
        if key not in table:
            raise BadUsage(f"{where}: {key!r} is missing.")
    for key in (*_TEXT_KEYS, "when"):
        if not isinstance(table.get(key, ""), str):
            raise BadUsage(f"{where}: {key} is a text.")
    if not table["why"].strip():
        raise BadUsage(f"{where}: `why` is empty; say why the divergence is there.")
    expires, cases = table["expires"], table.get("cases", [])
    if not isinstance(expires, datetime.date) or isinstance(expires, datetime.datetime):
        raise BadUsage(f"{where}: expires is a date without quotes, `expires = 2030-12-31`.")
    if not (isinstance(cases, list) and all(isinstance(case, str) and case for case in cases)):
        raise BadUsage(f"{where}: cases is a list of texts; leave it out to list every case of the check.")
    sometimes = table.get("sometimes", False)
    if not isinstance(sometimes, bool):
        raise BadUsage(f"{where}: sometimes is true, or left out.")
    try:
        when = Condition.parse(table["when"]) if "when" in table else EVERYWHERE
    except ConditionError as error:
        raise BadUsage(f"{where}: when: {error}. Leave `when` out where it shows everywhere.") from None
    return Entry(
        requirement=table["requirement"],
        check=table["check"],
        expected=table["expected"],
        came=table["came"],
        explanation=Explanation(table["why"], table.get("link", ""), expires),
        cases=tuple(cases),
        when=when,
        sometimes=sometimes,
        number=number,
    )


def laws(
    ledger: Ledger, contract: Contract, bound: Mapping[str, Collection[str]], implementation: Implementation
) -> list[tuple[Entry, str]]:
    """List what is wrong with a ledger before any check runs: the entry, and a sentence about it.

    `bound` are the requirements of each check, by its name.
    """
    complaints = ((entry, _complaint(entry, contract, bound, implementation)) for entry in ledger.entries)
    return [(entry, f"{ledger.file}: {entry} {said}") for entry, said in complaints if said]


def _complaint(
    entry: Entry, contract: Contract, bound: Mapping[str, Collection[str]], implementation: Implementation
) -> str:
    if entry.requirement not in contract:
        return "matches no check: the contract does not hold that requirement."
    if entry.check not in bound:
        return "matches no check: there is none of that name; one reads `test_route.py::test_x`."
    if entry.requirement not in bound[entry.check]:
        return f"matches no check: that one verifies {', '.join(bound[entry.check])} and not {entry.requirement}."
    variants = concerned(implementation, contract, entry.requirement)
    names = sorted({name for variant in variants for name in names_of(variant)} | set(TEXTS))
    if unknown := sorted(entry.when.versions - set(names)):
        why = f"`{unknown[0]}` in its condition stands for nothing."
    elif not any(entry.when.can_hold(variant) for variant in variants):
        why = f"`{entry.when.text}` is true of no version of any variant that {entry.requirement} applies to."
    else:
        return ""
    on = ", ".join(map(str, variants)) or "none"
    return f"can never apply: {why} The variants are {on}; the names are {', '.join(names)}."


def concerned(implementation: Implementation, contract: Contract, requirement: str) -> list[Variant]:
    """List the implementation's variants that a requirement applies to."""
    return [variant for variant in implementation.variants if contract[requirement].applies.holds(variant)]
