"""Ledgers: for each implementation the known causes of failures, and below each the requirements with what came.

An entry excuses a failure of a requirement on the variants where its cause holds, as long as the failure is the one
that is written down and the date of the cause has not passed. It is an error when it

- matches no requirement, check, case or variant (`laws`, `unknown_cases`: before any check runs),
- lists a place that another entry lists too, lists another failure than the one that came, or is over its date
  (`Ledger.ruling`: a failure of the run).

Where it lists what passes, the failure is mended: the entry can go. An entry is not looked at where its checks were
left out, or its condition is about other versions than the run's.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from conformance.contract.backend import Mode
from conformance.contract.condition import EVERYWHERE, TEXTS, Condition, names_of
from conformance.contract.requirement import Contract
from conformance.contract.variant import Variant
from conformance.judging.case_result import CaseResult
from conformance.judging.verdict import Outcome
from conformance.target.implementation import FOLDER, Implementation

LEDGERS = Path(__file__).parents[1] / "ledgers"
CURE = "--write-ledger writes it anew"
ANY_FAILURE = "any failure"
"""The failure of an entry for what fails in another way in each run, such as a race."""


@dataclass(frozen=True)
class Explanation:
    """The part of a cause that people write: the reason, a link, the date it expires, and a condition.

    `sometimes` says that it is a race which may also end well: a pass is then known too.
    """

    why: str
    link: str
    expires: datetime.date
    when: Condition = EVERYWHERE
    sometimes: bool = False


@dataclass(frozen=True)
class Entry:
    """A requirement that fails with this failure, one line of text, for this cause.

    `check` is the name of a check's function, empty for all checks of the requirement. `cases` are the ids of
    parametrized cases, without the variant; empty for all. `on` names backends, modes and variants; empty for all that
    the cause's condition holds for. `number` is the place of the cause in the file, from 1.
    """

    requirement: str
    failure: str
    explanation: Explanation
    check: str = ""
    cases: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    number: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"cause {self.number} ({', '.join(filter(None, (self.requirement, self.check)))})"

    def covers(self, check: str, case: str) -> bool:
        """Whether the entry lists this case of a check; `check` is the whole name, `test_route.py::test_x`."""
        return self.check in ("", check.rpartition("::")[2]) and (not self.cases or case in self.cases)

    def holds(self, variant: Variant, versions: Mapping[str, str]) -> bool:
        """Whether the entry is about this variant with these versions."""
        return self._is_on(variant) and self.explanation.when.holds(variant, versions)

    def can_hold(self, variant: Variant) -> bool:
        """Whether the entry is about this variant with some versions."""
        return self._is_on(variant) and self.explanation.when.can_hold(variant)

    def _is_on(self, variant: Variant) -> bool:
        return not self.on or bool({variant.backend, variant.mode.value, str(variant)} & set(self.on))

    def admits(self, failure: str) -> bool:
        """Whether the entry lists a failure."""
        return self.failure in (ANY_FAILURE, failure)


@dataclass(frozen=True)
class Ruling:
    """Ruling of a ledger on one result that it lists.

    `outcome` is known, passed where the failure is mended, or failed where the ledger is wrong about it.
    """

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
    def _by_requirement(self) -> Mapping[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.requirement, []).append(entry)
        return found

    def ruling(self, requirement: str, result: CaseResult, versions: Mapping[str, str]) -> Ruling | None:
        """Return the outcome that the ledger gives a result for one requirement; None where no entry lists it.

        `versions` are those that the variant ran on, by distribution and `python`.
        """
        about = [
            entry
            for entry in self._by_requirement.get(requirement, ())
            if entry.covers(result.check, result.case) and entry.holds(result.variant, versions)
        ]
        if not about or result.outcome not in (Outcome.PASSED, Outcome.FAILED):
            return None
        what = f"{result.check}[{result.case}]" if result.case else result.check
        where = f"{what} on {result.variant}"
        sometimes = all(entry.explanation.sometimes for entry in about)
        if len(about) > 1 and not sometimes:
            numbers = " and ".join(str(entry.number) for entry in about)
            return self._wrong(about[0], f"lists what another one lists too: {numbers} hold for {where}.")
        if result.failure is None:
            return self._passed(about[0], sometimes, where)
        failure = str(result.failure)
        entry = next((entry for entry in about if entry.admits(failure)), None)
        if entry is None:
            listed = "\n".join(f"in the ledger: {entry.failure}" for entry in about)
            return self._wrong(
                about[0],
                f"lists it, but it fails in another way: {where}.\n{listed}\ncame now:      {failure}\n"
                f"If the cause is the same, {CURE}.",
            )
        return self._known(entry, f"known: {_because(entry)}\n{failure}", f"{what} still fails on {result.variant}")

    def _passed(self, entry: Entry, sometimes: bool, where: str) -> Ruling:
        if sometimes:
            said = f"known, and not seen this time: {_because(entry)}\n{entry.failure}"
            return self._known(entry, said, f"{where} was to fail sometimes")
        explanation = entry.explanation
        reason = (
            f"mended: {self.file}: {entry} lists what passes: {where}. Take the entry, or this case or variant of it, "
            f"away; {CURE}.\n{entry.failure}"
        )
        return Ruling(Outcome.PASSED, reason, explanation.why, explanation.link)

    def _known(self, entry: Entry, reason: str, still: str) -> Ruling:
        explanation = entry.explanation
        if self.today > explanation.expires:
            return self._wrong(
                entry,
                f"is over its date: it stood until {explanation.expires}, and {still}. Look at the divergence again, "
                "then give the cause another `expires`.",
            )
        return Ruling(Outcome.KNOWN, reason, explanation.why, explanation.link)

    def _wrong(self, entry: Entry, sentence: str) -> Ruling:
        explanation = entry.explanation
        return Ruling(Outcome.FAILED, f"{self.file}: {entry} {sentence}", explanation.why, explanation.link)

    def unknown_cases(self, found: Mapping[str, Collection[str]], bound: Mapping[str, Collection[str]]) -> list[str]:
        """List, as sentences, the cases of entries that no check of theirs has.

        `found` are the cases of the checks that were collected, `bound` the requirements of each check.
        """
        broken = []
        for entry in self.entries:
            checks = [name for name in checks_of(entry, bound) if name in found]
            known = {case for name in checks for case in found[name]}
            having = ", ".join(repr(case) for case in sorted(known) if case) or "none; leave the cases out"
            broken += [
                f"{self.file}: {entry} matches no check: none has a case {case!r}. The cases: {having}."
                for case in entry.cases
                if checks and case not in known
            ]
        return broken


def _because(entry: Entry) -> str:
    link = f" ({entry.explanation.link})" if entry.explanation.link else ""
    return f"{entry.explanation.why}{link}"


def path_of(implementation: Implementation) -> Path:
    """Path of an implementation's ledger: in conformance/ledgers for one of the project's, else beside its file."""
    file = implementation.file
    return LEDGERS / file.name if file.parent == FOLDER.resolve() else file.with_suffix(".ledger.toml")


def checks_of(entry: Entry, bound: Mapping[str, Collection[str]]) -> list[str]:
    """List the whole names of the checks that an entry is about; `bound` are the requirements of each check."""
    return [
        name
        for name, requirements in bound.items()
        if entry.requirement in requirements and entry.check in ("", name.rpartition("::")[2])
    ]


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
    if not checks_of(entry, bound):
        among = [name.rpartition("::")[2] for name in checks_of(Entry(entry.requirement, "", entry.explanation), bound)]
        return f"matches no check: those of {entry.requirement} are {', '.join(among)}."
    variants = concerned(implementation, contract, entry.requirement)
    names = sorted({name for variant in variants for name in names_of(variant)} | set(TEXTS))
    when = entry.explanation.when
    places = {*map(str, variants), *(variant.backend for variant in variants), *(mode.value for mode in Mode)}
    if unknown := sorted(when.versions - set(names)):
        why = f"`{unknown[0]}` in its condition stands for nothing."
    elif unknown := [word for word in entry.on if word not in places]:
        why = f"`{unknown[0]}` is no backend, mode or variant of it."
    elif not any(entry.can_hold(variant) for variant in variants):
        told = f"`{when.text}`" if when.text else f"`on {', '.join(entry.on)}`"
        why = f"{told} is true of no version of any variant that {entry.requirement} applies to."
    else:
        return ""
    on = ", ".join(map(str, variants)) or "none"
    return f"can never apply: {why} The variants are {on}; the names are {', '.join(names)}."


def concerned(implementation: Implementation, contract: Contract, requirement: str) -> list[Variant]:
    """List the implementation's variants that a requirement applies to."""
    return [variant for variant in implementation.variants if contract[requirement].applies.holds(variant)]
