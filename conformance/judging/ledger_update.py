"""Rewrites a ledger from the results of a run; explanations that people wrote are kept.

Entries that the run cannot judge stay as they are: those of requirements and variants that were not selected, of checks
that did not end, with conditions over other versions than the run's, and those of failures that come only sometimes.
Writing twice changes nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import tomli_w

from conformance.contract.condition import EVERYWHERE, Condition, simplest
from conformance.contract.requirement import Contract
from conformance.contract.variant import Variant
from conformance.judging.case_result import CaseResult
from conformance.judging.judgement import Scope
from conformance.judging.ledger import ANYTHING, Entry, Explanation, Ledger, concerned, laws, load
from conformance.judging.verdict import UNEXPLAINED, Outcome
from conformance.target.implementation import Implementation

STANDS = datetime.timedelta(days=180)
_HEADER = """\
# The known divergences of {name}, written by `--write-ledger`, which keeps `why`, `link` and `expires` and no comments.
"""

Place = tuple[str, Variant]  # a case on a variant


@dataclass(frozen=True)
class Key:
    """Key by which failures are one divergence: requirement, check and signature."""

    requirement: str
    check: str
    expected: str
    came: str

    @classmethod
    def of(cls, entry: Entry) -> Key:
        """Return the key of an entry."""
        return cls(entry.requirement, entry.check, entry.expected, entry.came)

    def matches(self, entry: Entry, place: Place) -> bool:
        """Whether the entry also matches this failure, which came at `place`."""
        case, variant = place
        about = (entry.requirement, entry.check) == (self.requirement, self.check)
        there = (not entry.cases or case in entry.cases) and entry.when.can_hold(variant)
        return about and there and entry.admits(self.expected, self.came)


class Found:
    """Results of a run by requirement and check: where each check ended, and where it failed with which signature."""

    def __init__(
        self,
        contract: Contract,
        bound: Mapping[str, Collection[str]],
        results: Iterable[CaseResult],
        scope: Scope,
        entries: Collection[Entry] = (),
    ) -> None:
        loose = [entry for entry in entries if ANYTHING in entry.came + entry.expected]
        self.ended: dict[tuple[str, str], set[Place]] = {}
        self.failed: dict[Key, set[Place]] = {}
        for result in results:
            for requirement in set(bound[result.check]) & scope.requirements:
                if contract[requirement].applies.holds(result.variant) and _ended(result):
                    place = (result.case, result.variant)
                    self.ended.setdefault((requirement, result.check), set()).add(place)
                    if result.failure is not None:
                        key = Key(requirement, result.check, result.failure.expected, result.failure.came)
                        same = (Key.of(entry) for entry in loose if key.matches(entry, place))
                        self.failed.setdefault(next(same, key), set()).add(place)

    def looked_at(self, entry: Entry, place: Place) -> bool:
        """Whether the run has a result for the entry's check at this place."""
        return place in self.ended.get((entry.requirement, entry.check), ())

    def confirms(self, entry: Entry, place: Place) -> bool:
        """Whether the check failed at this place with the entry's signature."""
        return place in self.failed.get(Key.of(entry), ())


def _ended(result: CaseResult) -> bool:
    return result.outcome in (Outcome.PASSED, Outcome.FAILED)


@dataclass(frozen=True)
class Revision:
    """Rewriting of a ledger, with all that it needs beside the results.

    `bound` are the requirements of each check, `cases` those of each check that was collected, `versions` what each
    variant ran on, by distribution and `python`.
    """

    contract: Contract
    implementation: Implementation
    bound: Mapping[str, Collection[str]]
    cases: Mapping[str, Collection[str]]
    versions: Mapping[Variant, Mapping[str, str]]

    def of(self, ledger: Ledger, results: Iterable[CaseResult], scope: Scope) -> Ledger:
        """Return a ledger that this run accepts unchanged."""
        found = Found(self.contract, self.bound, results, scope, ledger.entries)
        kept: list[Entry] = []
        listed: dict[Key, dict[Place, Explanation]] = {}
        explained: dict[Key, Explanation] = {}
        for entry in self._lawful(ledger):
            explained.setdefault(Key.of(entry), entry.explanation)
            if (
                entry.check not in self.cases
                or entry.sometimes
                or (entry.when.versions and self._holds_still(entry, found))
            ):
                kept.append(entry)
                continue
            elsewhere = self._elsewhere(entry, found)
            if elsewhere:
                kept.append(replace(entry, when=self._narrowed(entry, elsewhere)))
            places = listed.setdefault(Key.of(entry), {})
            for place in self._still(entry, found):
                if place[1] not in elsewhere:
                    places.setdefault(place, entry.explanation)
        new = Explanation(UNEXPLAINED, "", ledger.today + STANDS)
        for key, failed in found.failed.items():
            places = listed.setdefault(key, {})
            covered = {place for entry in kept if Key.of(entry) == key for place in self._covered(entry)}
            for place in failed - covered:
                places.setdefault(place, explained.get(key, new))
        entries = [*kept, *(entry for key, places in listed.items() for entry in self._grouped(key, places))]
        entries.sort(key=self._place)
        numbered = (replace(entry, number=number) for number, entry in enumerate(entries, 1))
        return Ledger(ledger.file, tuple(numbered), ledger.today)

    def _lawful(self, ledger: Ledger) -> Iterator[Entry]:
        """The entries that match a check and can apply, each with those of its cases that exist."""
        wrong = [entry for entry, _ in laws(ledger, self.contract, self.bound, self.implementation)]
        for entry in ledger.entries:
            known = self.cases.get(entry.check, entry.cases)
            cases = tuple(case for case in entry.cases if case in known)
            if entry not in wrong and (cases or not entry.cases):
                yield replace(entry, cases=cases)

    def _places(self, entry: Entry) -> list[Place]:
        variants = concerned(self.implementation, self.contract, entry.requirement)
        return [(case, variant) for case in entry.cases or self.cases[entry.check] for variant in variants]

    def _holds(self, entry: Entry, variant: Variant) -> bool:
        return entry.when.holds(variant, self.versions.get(variant, {}))

    def _holds_still(self, entry: Entry, found: Found) -> bool:
        """Whether the run agrees with an entry about versions, wherever it looked."""
        return all(
            self._holds(entry, place[1]) == found.confirms(entry, place)
            for place in self._places(entry)
            if found.looked_at(entry, place) and entry.when.can_hold(place[1])
        )

    def _elsewhere(self, entry: Entry, found: Found) -> set[Variant]:
        """The variants of an entry about versions that the run did not judge, so that their versions are unknown."""
        if not entry.when.versions:
            return set()
        places = self._places(entry)
        seen = {place[1] for place in places if found.looked_at(entry, place)}
        return {variant for _, variant in places if variant not in seen and entry.when.can_hold(variant)}

    def _narrowed(self, entry: Entry, variants: set[Variant]) -> Condition:
        among = concerned(self.implementation, self.contract, entry.requirement)
        return Condition.parse(f"({entry.when.text}) and ({simplest(variants, among).text})")

    def _still(self, entry: Entry, found: Found) -> Iterator[Place]:
        """The places where an entry is right, or where the run cannot tell."""
        for place in self._places(entry):
            if found.looked_at(entry, place):
                if self._holds(entry, place[1]) and found.confirms(entry, place):
                    yield place
            elif entry.when.can_hold(place[1]):
                yield place

    def _covered(self, entry: Entry) -> set[Place]:
        return {place for place in self._places(entry) if self._holds(entry, place[1])}

    def _grouped(self, key: Key, places: Mapping[Place, Explanation]) -> Iterator[Entry]:
        """As few entries as can list these places: cases that fail on the same variants share one."""
        where: dict[tuple[str, Explanation], set[Variant]] = {}
        for (case, variant), explanation in places.items():
            where.setdefault((case, explanation), set()).add(variant)
        groups: dict[tuple[frozenset[Variant], Explanation], list[str]] = {}
        for (case, explanation), variants in where.items():
            groups.setdefault((frozenset(variants), explanation), []).append(case)
        among = concerned(self.implementation, self.contract, key.requirement)
        for (on, explanation), cases in groups.items():
            yield Entry(
                requirement=key.requirement,
                check=key.check,
                expected=key.expected,
                came=key.came,
                explanation=explanation,
                cases=() if set(cases) == set(self.cases[key.check]) else tuple(sorted(cases)),
                when=simplest(on, among),
            )

    def _place(self, entry: Entry) -> tuple[int, str, tuple[str, ...], str, str, str]:
        order = [requirement.id for requirement in self.contract]
        return order.index(entry.requirement), entry.check, entry.cases, entry.when.text, entry.expected, entry.came


def write(ledger: Ledger, name: str) -> str:
    """Write a ledger to its file unless that holds the same already; returns a line that counts its entries."""
    unexplained = sum(entry.explanation.why == UNEXPLAINED for entry in ledger.entries)
    said = f"ledger: {ledger.file}: {len(ledger.entries)} divergences, {unexplained} of them {UNEXPLAINED}"
    if load(ledger.file).entries == ledger.entries:
        return f"{said}; unchanged"
    tables = [_table(entry) for entry in ledger.entries]
    text = tomli_w.dumps({"divergence": tables}) if tables else ""
    ledger.file.parent.mkdir(parents=True, exist_ok=True)
    ledger.file.write_text("\n".join(filter(None, (_HEADER.format(name=name), text))), encoding="utf-8")
    return said


def _table(entry: Entry) -> dict[str, Any]:
    table: dict[str, Any] = {"requirement": entry.requirement, "check": entry.check}
    if entry.cases:
        table["cases"] = list(entry.cases)
    if entry.when != EVERYWHERE:
        table["when"] = entry.when.text
    if entry.sometimes:
        table["sometimes"] = True
    table |= {"expected": entry.expected, "came": entry.came}
    explanation = entry.explanation
    return {**table, "why": explanation.why, "link": explanation.link, "expires": explanation.expires}
