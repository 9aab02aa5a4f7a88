"""Rewrites a ledger from the results of a run; explanations that people wrote are kept.

Entries that the run cannot judge stay as they are: those of requirements and variants that were not selected, of checks
that did not end, with conditions over other versions than the run's, and those of failures that come only sometimes.
Writing twice changes nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from conformance.contract.condition import EVERYWHERE
from conformance.contract.requirement import Contract
from conformance.contract.variant import Variant
from conformance.judging.case_result import CaseResult
from conformance.judging.judgement import Scope
from conformance.judging.ledger import ANY_FAILURE, Entry, Explanation, Ledger, checks_of, concerned, laws
from conformance.judging.verdict import UNEXPLAINED, Outcome
from conformance.target.implementation import Implementation

STANDS = datetime.timedelta(days=180)

Key = tuple[str, str]  # a requirement and its failure
Place = tuple[str, str, Variant]  # a check, a case of it, and a variant


def _key(entry: Entry) -> Key:
    return entry.requirement, entry.failure


class Found:
    """Results of a run by requirement: where a check ended, and where it failed in which way.

    A failure that an entry for any failure lists counts as that one.
    """

    def __init__(
        self,
        contract: Contract,
        bound: Mapping[str, Collection[str]],
        results: Iterable[CaseResult],
        scope: Scope,
        entries: Collection[Entry] = (),
    ) -> None:
        anything = [entry for entry in entries if entry.failure == ANY_FAILURE]
        self.ended: dict[str, set[Place]] = {}
        self.failed: dict[Key, set[Place]] = {}
        for result in results:
            if result.outcome not in (Outcome.PASSED, Outcome.FAILED):
                continue
            place = (result.check, result.case, result.variant)
            for requirement in set(bound[result.check]) & scope.requirements:
                if not contract[requirement].applies.holds(result.variant):
                    continue
                self.ended.setdefault(requirement, set()).add(place)
                if result.failure is not None:
                    listed = any(entry.requirement == requirement and _may_be(entry, place) for entry in anything)
                    failure = ANY_FAILURE if listed else str(result.failure)
                    self.failed.setdefault((requirement, failure), set()).add(place)

    def looked_at(self, entry: Entry, place: Place) -> bool:
        """Whether the run has a result for the entry's requirement at this place."""
        return place in self.ended.get(entry.requirement, ())

    def confirms(self, entry: Entry, place: Place) -> bool:
        """Whether the requirement failed at this place in the entry's way."""
        return place in self.failed.get(_key(entry), ())


def _may_be(entry: Entry, place: Place) -> bool:
    check, case, variant = place
    return entry.covers(check, case) and entry.can_hold(variant)


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
        unexplained: dict[str, Explanation] = {}
        of_cases: dict[tuple[str, str, str], dict[Variant, Explanation]] = {}
        for entry in self._lawful(ledger):
            explanation = entry.explanation
            explained.setdefault(_key(entry), explanation)
            if explanation.why == UNEXPLAINED:
                unexplained.setdefault(entry.failure, explanation)
            for check, case, variant in filter(partial(_may_be, entry), self._places(entry)):
                of_cases.setdefault((entry.requirement, check, case), {})[variant] = explanation
            if (
                not self._checks(entry)
                or explanation.sometimes
                or (explanation.when.versions and self._holds_still(entry, found))
            ):
                kept.append(entry)
                continue
            elsewhere = self._elsewhere(entry, found)
            if elsewhere:
                kept.append(replace(entry, on=self._words(entry, elsewhere)))
            places = listed.setdefault(_key(entry), {})
            for place in self._still(entry, found):
                if place[2] not in elsewhere:
                    places.setdefault(place, explanation)
        new = Explanation(UNEXPLAINED, "", ledger.today + STANDS)
        for key, failed in found.failed.items():
            places = listed.setdefault(key, {})
            covered = {place for entry in kept if _key(entry) == key for place in self._covered(entry)}
            racing = {place for entry in kept if entry.explanation.sometimes for place in self._covered(entry)}
            for place in failed - covered:
                known = explained.get(key) or _of_other_variants(of_cases.get((key[0], *place[:2]), {}), place[2])
                known = known or unexplained.get(key[1], new)
                places.setdefault(place, _valid(known, place[2], sometimes=place in racing))
        entries = [*kept, *(entry for key, places in listed.items() for entry in self._grouped(key, places))]
        entries.sort(key=self._place)
        return Ledger(ledger.file, tuple(entries), ledger.today)

    def _lawful(self, ledger: Ledger) -> Iterator[Entry]:
        """The entries that match a check and can apply, each with those of its cases that exist."""
        wrong = [entry for entry, _ in laws(ledger, self.contract, self.bound, self.implementation)]
        for entry in ledger.entries:
            checks = self._checks(entry)
            known = {case for check in checks for case in self.cases[check]} if checks else entry.cases
            cases = tuple(case for case in entry.cases if case in known)
            if entry not in wrong and (cases or not entry.cases):
                yield replace(entry, cases=cases)

    def _checks(self, entry: Entry) -> list[str]:
        """The checks of an entry that were collected."""
        return [check for check in checks_of(entry, self.bound) if check in self.cases]

    def _places(self, entry: Entry) -> list[Place]:
        variants = concerned(self.implementation, self.contract, entry.requirement)
        return [
            (check, case, variant)
            for check in self._checks(entry)
            for case in self.cases[check]
            if entry.covers(check, case)
            for variant in variants
        ]

    def _holds(self, entry: Entry, variant: Variant) -> bool:
        return entry.holds(variant, self.versions.get(variant, {}))

    def _holds_still(self, entry: Entry, found: Found) -> bool:
        """Whether the run agrees with an entry about versions, wherever it looked."""
        return all(
            self._holds(entry, place[2]) == found.confirms(entry, place)
            for place in self._places(entry)
            if found.looked_at(entry, place) and entry.can_hold(place[2])
        )

    def _elsewhere(self, entry: Entry, found: Found) -> set[Variant]:
        """The variants of an entry about versions that the run did not judge, so that their versions are unknown."""
        if not entry.explanation.when.versions:
            return set()
        places = self._places(entry)
        seen = {place[2] for place in places if found.looked_at(entry, place)}
        return {place[2] for place in places if place[2] not in seen and entry.can_hold(place[2])}

    def _still(self, entry: Entry, found: Found) -> Iterator[Place]:
        """The places where an entry is right, or where the run cannot tell."""
        for place in self._places(entry):
            if found.looked_at(entry, place):
                if self._holds(entry, place[2]) and found.confirms(entry, place):
                    yield place
            elif entry.can_hold(place[2]):
                yield place

    def _covered(self, entry: Entry) -> set[Place]:
        return {place for place in self._places(entry) if self._holds(entry, place[2])}

    def _words(self, entry: Entry, variants: Collection[Variant]) -> tuple[str, ...]:
        """What an entry says of its places, so that among those of its cause it is about these variants alone."""
        among = concerned(self.implementation, self.contract, entry.requirement)
        return words([each for each in among if entry.explanation.when.can_hold(each)], variants)

    def _grouped(self, key: Key, places: Mapping[Place, Explanation]) -> Iterator[Entry]:
        """As few entries as can list these places: checks and cases that fail on the same variants share one."""
        where: dict[tuple[str, str, Explanation], set[Variant]] = {}
        for (check, case, variant), explanation in places.items():
            where.setdefault((check, case, explanation), set()).add(variant)
        groups: dict[tuple[frozenset[Variant], Explanation], dict[str, set[str]]] = {}
        for (check, case, explanation), variants in where.items():
            groups.setdefault((frozenset(variants), explanation), {}).setdefault(check, set()).add(case)
        requirement, failure = key
        of_requirement = [check for check, requirements in self.bound.items() if requirement in requirements]
        for (on, explanation), checks in groups.items():
            entry = Entry(requirement, failure, explanation)
            entry = replace(entry, on=self._words(entry, on))
            whole = {check: cases == set(self.cases[check]) for check, cases in checks.items()}
            if set(checks) == set(of_requirement) and all(whole.values()):
                yield entry
                continue
            for check, cases in checks.items():
                yield replace(
                    entry,
                    check=check.rpartition("::")[2] if len(of_requirement) > 1 else "",
                    cases=() if whole[check] else tuple(sorted(cases)),
                )

    def _place(self, entry: Entry) -> tuple[object, ...]:
        order = [requirement.id for requirement in self.contract]
        explanation = entry.explanation
        cause = explanation.why, explanation.link, explanation.expires, explanation.when.text, explanation.sometimes
        return order.index(entry.requirement), entry.check, entry.cases, entry.on, entry.failure, cause


def _of_other_variants(explanations: Mapping[Variant, Explanation], variant: Variant) -> Explanation | None:
    """The explanation of a case on all other variants that list it.

    None where this one lists it too, and so fails in another way than was explained; where there are several; where it
    has a condition, so that it is about these alone.
    """
    found = set(explanations.values())
    if variant in explanations or len(found) != 1:
        return None
    [known] = found
    return None if known.why == UNEXPLAINED or known.sometimes or known.when != EVERYWHERE else known


def _valid(explanation: Explanation, variant: Variant, sometimes: bool) -> Explanation:
    """The explanation, without its condition where this does not hold for the variant; for a race if it is one."""
    if not explanation.when.can_hold(variant):
        explanation = replace(explanation, when=EVERYWHERE)
    return replace(explanation, sometimes=True) if sometimes else explanation


def words(among: Collection[Variant], chosen: Collection[Variant]) -> tuple[str, ...]:
    """Return the fewest modes, backends and variants that stand for `chosen` and no other of `among`; none for all."""
    wanted = set(chosen)
    if wanted == set(among):
        return ()
    by_mode = _whole(among, wanted, [lambda each: each.mode.value, lambda each: each.backend, str])
    by_backend = _whole(among, wanted, [lambda each: each.backend, str])
    return min(by_mode, by_backend, key=lambda found: (len(found), len(" ".join(found))))


def _whole(
    among: Collection[Variant], wanted: Collection[Variant], names: Iterable[Callable[[Variant], str]]
) -> tuple[str, ...]:
    """Name groups of variants that are wanted as a whole, the first kind of name first, until all have been named."""
    found: list[str] = []
    left = set(wanted)
    for name in names:
        for word in sorted({name(each) for each in left}):
            group = {each for each in among if name(each) == word}
            if group <= set(wanted) and group & left:
                found.append(word)
                left -= group
    return tuple(found)
