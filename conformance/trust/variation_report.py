"""What a run of variations found: checks that fail for a freedom, and variations that break less than they say."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

from conformance.contract.requirement import Contract
from conformance.foundation import untrusted_text
from conformance.foundation.requirement_ids import sort_key
from conformance.trust.variation import Combination, Variation

SCHEMA = 1
FILE = Path("reports") / "variations.json"
MOST_BYTES = 64 * 1024 * 1024


class Fate(str, Enum):
    """How a case of a check ended with variations loaded."""

    PASSED = "passed"
    FAILED = "failed"
    UNVERIFIED = "unverified"
    """By another exception than an AssertionError: the check, or the harness, did not expect what came."""
    BROKEN = "broken"
    """The variation could not be loaded."""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Trial:
    """The result of one case of a check; `change` is the name of what was loaded, `node` the case's node id."""

    check: str
    node: str
    variant: str
    change: str
    fate: Fate
    reason: str = ""


@dataclass(frozen=True)
class Surprise:
    """A check that fails for a freedom: `blame` are the variations that it fails with, each of them alone.

    It names the whole combination where the check fails with none of them alone.
    """

    trial: Trial
    requirements: tuple[str, ...]
    blame: tuple[str, ...]
    cases: int = 1


@dataclass(frozen=True)
class VariationReport:
    """The trials of a run of variations, and what it was to run.

    `loaded` are the combinations of `pairings` by name, `bound` the requirements of each check. `blame` says, by node
    id, which variations a case of a combination failed with, each loaded alone. `narrowed` says that some
    checks, or some of their combinations, were left out.
    """

    contract: Contract
    variations: Mapping[str, Variation]
    loaded: Mapping[str, Combination]
    bound: Mapping[str, Collection[str]]
    trials: tuple[Trial, ...]
    requirements: Collection[str]
    narrowed: bool = False
    blame: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def unexpected(self) -> list[Trial]:
        """The trials that did not pass, though nothing loaded breaks a requirement of the check."""
        return [
            trial
            for trial in self.trials
            if trial.fate in (Fate.FAILED, Fate.UNVERIFIED)
            and not any(member.breaks & set(self.bound[trial.check]) for member in self.loaded[trial.change].members)
        ]

    @cached_property
    def surprises(self) -> list[Surprise]:
        """One for each check and what is to blame, with the number of its cases."""
        found: dict[tuple[str, tuple[str, ...]], Surprise] = {}
        blamed = {
            (trial.check, trial.change): self.blame[trial.node] for trial in self.unexpected if trial.node in self.blame
        }
        for trial in self.unexpected:
            members = tuple(member.name for member in self.loaded[trial.change].members)
            blame = blamed.get((trial.check, trial.change), members)
            known = found.get((trial.check, blame))
            first = trial if known is None else known.trial
            count = 1 if known is None else known.cases + 1
            found[trial.check, blame] = Surprise(first, tuple(self.bound[trial.check]), blame, count)
        return sorted(found.values(), key=lambda each: (each.blame, each.trial.check))

    @cached_property
    def broken(self) -> dict[str, dict[str, list[str]]]:
        """By variation and requirement of its `breaks`, the checks that failed with it alone."""
        found: dict[str, dict[str, list[str]]] = {
            name: {each: [] for each in sorted(variation.breaks, key=sort_key)}
            for name, variation in self.variations.items()
        }
        for trial in self.trials:
            if trial.change in found and trial.fate in (Fate.FAILED, Fate.UNVERIFIED):
                for requirement in self.bound[trial.check]:
                    checks = found[trial.change].get(requirement)
                    if checks is not None and trial.check not in checks:
                        checks.append(trial.check)
        return found

    @cached_property
    def problems(self) -> list[str]:
        """The reasons why the run fails, a sentence each; a surprise is one of several lines."""
        return [*self._not_loaded(), *self._told(), *self._overstated()]

    def _not_loaded(self) -> Iterable[str]:
        reasons = {trial.change: trial.reason for trial in self.trials if trial.fate is Fate.BROKEN}
        for name, reason in reasons.items():
            members = ", ".join(member.name for member in self.loaded[name].members)
            yield f"{members}: cannot be loaded: {reason.strip().splitlines()[-1]}"

    def _told(self) -> Iterable[str]:
        for surprise in self.surprises:
            trial = surprise.trial
            more = f" (and {surprise.cases - 1} more of its cases)" if surprise.cases > 1 else ""
            yield "\n".join(
                [
                    f"{' + '.join(surprise.blame) or 'no variation at all'}: {trial.check} {trial.fate}{more}",
                    *(f"    {each}  {self.contract[each].sentence}" for each in surprise.requirements),
                    *(
                        f"    free: {self.variations[each].freedom}"
                        for each in surprise.blame
                        if each in self.variations
                    ),
                    *(f"    came: {line}" for line in _told_by(trial.reason)),
                ]
            )

    def _overstated(self) -> Iterable[str]:
        met: dict[tuple[str, str], set[str]] = {}
        for trial in self.trials:
            for requirement in self.bound[trial.check]:
                met.setdefault((trial.change, requirement), set()).add(trial.check)
        for name, broken in self.broken.items():
            for requirement, checks in broken.items():
                if checks or requirement not in self.requirements:
                    continue
                ran = met.get((name, requirement), set())
                left_out = {check for check, verified in self.bound.items() if requirement in verified} - ran
                if ran and not (self.narrowed and left_out):
                    yield f"{name}: it says that it breaks {requirement}, and every check of it passes: take it out."
                elif not self.narrowed:
                    yield f"{name}: no check of {requirement} ran with it, on none of its variants."

    def as_json(self) -> dict[str, Any]:
        """The content of variations.json."""
        home = {
            member.name: str(combination.variant)
            for combination in self.loaded.values()
            for member in combination.members
        }
        return {
            "schema": SCHEMA,
            "variations": {
                name: {
                    "free": variation.freedom,
                    "level": variation.level.value,
                    "variant": home.get(name),
                    "breaks": self.broken[name],
                    "checks": len(self._checks_of(name)),
                }
                for name, variation in sorted(self.variations.items())
            },
            "surprises": [
                {
                    "blame": list(surprise.blame),
                    "check": surprise.trial.check,
                    "node": surprise.trial.node,
                    "requirements": list(surprise.requirements),
                    "fate": surprise.trial.fate.value,
                    "came": surprise.trial.reason,
                }
                for surprise in self.surprises
            ],
            "problems": self.problems,
        }

    def _checks_of(self, name: str) -> set[str]:
        """The checks that ran with a variation."""
        with_it = {
            key for key, combination in self.loaded.items() if any(each.name == name for each in combination.members)
        }
        return {trial.check for trial in self.trials if trial.change in with_it}

    def write(self, basis: str, seed: int, file: Path = FILE) -> None:
        """Write it to a JSON file; `basis` is the hash of what it depends on (`mutant.basis`)."""
        file.parent.mkdir(parents=True, exist_ok=True)
        data = {**self.as_json(), "basis": basis, "seed": seed}
        file.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")

    def summary(self) -> str:
        """How many variations no check failed for, in one line, and the problems."""
        guilty = {name for surprise in self.surprises for name in surprise.blame}
        checks = {trial.check for trial in self.trials}
        green = sum(name not in guilty for name in self.variations)
        head = f"{green} of {len(self.variations)} variations leave every other promise kept, by {len(checks)} checks"
        return "\n".join([head, *self.problems])


def last(basis: str, file: Path = FILE) -> int | None:
    """Return how many variations the last whole run tried, for none of which a check failed.

    None if `file` cannot be read, holds a problem, or was written for another `basis`.
    """
    try:
        found = json.loads(untrusted_text.read(file, MOST_BYTES))
        if found["basis"] != basis or found["problems"]:
            return None
        return len(found["variations"]) or None
    except (OSError, ValueError, LookupError, TypeError, RecursionError):  # nothing that `write` wrote
        return None


def _told_by(text: str, most: int = 5) -> list[str]:
    """The lines of a failure from its assertion on, else the first ones."""
    lines = [line for line in text.splitlines() if line.strip()]
    begin = next((number for number, line in enumerate(lines) if line.startswith("assert ")), 0)
    return lines[begin : begin + most]
