"""The kill matrix, check x mutant: which check fails on which mutant, and which mutants or checks that leaves wrong."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

from conformance.foundation import untrusted_text
from conformance.trust.mutant import CANARY, Mutant, Pairing

SCHEMA = 1
FILE = Path("reports") / "mutants.json"
MOST_BYTES = 64 * 1024 * 1024


class Fate(str, Enum):
    """What a check did to a mutant; the members stand in order, the best first."""

    KILLED = "killed"
    """A case of the check failed by an assertion of its own."""
    CRASHED = "crashed"
    """A case ended otherwise: the service died, hung or did not start. Other reasons cause that too: no kill."""
    SURVIVED = "survived"
    """Every case passed."""
    BROKEN = "broken"
    """The mutant could not be loaded."""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Trial:
    """The result of one case of a check with a mutant, by its name; with none (None) for a control."""

    check: str
    variant: str
    mutant: str | None
    fate: Fate
    reason: str = ""


@dataclass(frozen=True)
class KillMatrix:
    """The trials of a mutation run, and the pairings that it was to run.

    `named` are the names in each check's `kills`. `narrowed` says that pytest was asked for some checks only, so that
    pairings which did not run are no problem.
    """

    mutants: Mapping[str, Mutant]
    pairings: Mapping[str, list[Pairing]]
    named: Mapping[str, Collection[str]]
    trials: tuple[Trial, ...]
    narrowed: bool = False

    @cached_property
    def fates(self) -> dict[tuple[str, str], Trial]:
        """The best trial of each pair of check and mutant, by their names: a kill before a crash before survival."""
        found: dict[tuple[str, str], Trial] = {}
        for trial in self.trials:
            if trial.mutant is not None:
                key = trial.check, trial.mutant
                found[key] = min(found.get(key, trial), trial, key=lambda entry: list(Fate).index(entry.fate))
        return found

    def killers(self, mutant: str) -> list[str]:
        """The names of the checks that killed a mutant, sorted."""
        return sorted(
            check for (check, name), trial in self.fates.items() if name == mutant and trial.fate is Fate.KILLED
        )

    @cached_property
    def problems(self) -> list[str]:
        """The reasons why the run fails, a sentence each."""
        return [*self._controls(), *self._broken(), *self._canary(), *self._survivors(), *self._idle()]

    def _controls(self) -> Iterable[str]:
        failed: dict[tuple[str, str], str] = {}
        for trial in self.trials:
            if trial.mutant is None and trial.fate is not Fate.SURVIVED:
                failed.setdefault((trial.check, trial.variant), trial.reason)
        for (check, variant), reason in failed.items():
            yield f"control: {check} fails on {variant} without any mutant: {_first_line(reason)}"
        tried = {(trial.check, trial.variant) for trial in self.trials if trial.mutant is None}
        for pairing in self._wanted():
            if pairing.mutant is None and (pairing.check, str(pairing.variant)) not in tried:
                yield f"control: {pairing.check} did not run on {pairing.variant} without a mutant."

    def _wanted(self) -> Iterable[Pairing]:
        if not self.narrowed:
            yield from (pairing for pairings in self.pairings.values() for pairing in pairings)

    def _broken(self) -> Iterable[str]:
        reasons = {trial.mutant: trial.reason for trial in self.trials if trial.fate is Fate.BROKEN}
        for name, reason in reasons.items():
            yield f"{name}: the mutant does not start: {reason.strip().splitlines()[-1]}"
        met = {name for _, name in self.fates}
        for name in dict.fromkeys(p.mutant.name for p in self._wanted() if p.mutant is not None):
            if name not in met:
                yield f"{name}: no check met this mutant; the run ended before."

    def _canary(self) -> Iterable[str]:
        for (check, name), trial in self.fates.items():
            if name == CANARY and CANARY in self.named[check] and trial.fate is not Fate.KILLED:
                yield f"{CANARY}: it {trial.fate} at {check}, so mutants are not loaded there, or not judged."

    def _survivors(self) -> Iterable[str]:
        broken = {name for (_, name), trial in self.fates.items() if trial.fate is Fate.BROKEN}
        for name in dict.fromkeys(name for check, name in self.fates if name in self.named[check]):
            if name not in broken and name != CANARY and not self.killers(name):
                yield f"{name}: the mutant survives. {self.mutants[name].promise}"

    def _idle(self) -> Iterable[str]:
        for (check, name), trial in sorted(self.fates.items()):
            if name in self.named[check] and name != CANARY and trial.fate in (Fate.SURVIVED, Fate.CRASHED):
                how = f": {_first_line(trial.reason)}" if trial.fate is Fate.CRASHED else ""
                yield f"{check} does not kill {name}, which {trial.fate}{how}"
        for check, names in self.named.items():
            met = [trial.fate for (name, mutant), trial in self.fates.items() if name == check and mutant in names]
            if met and Fate.KILLED not in met:
                yield f"{check} kills nothing."

    def as_json(self) -> dict[str, Any]:
        """The content of mutants.json without its `basis`: the fates by mutant and check, and the problems."""
        table: dict[str, dict[str, Any]] = {}
        for (check, name), trial in sorted(self.fates.items(), key=lambda entry: (entry[0][1], entry[0][0])):
            row = table.setdefault(name, {"promise": self.mutants[name].promise, "fates": {}})
            row["fates"][check] = trial.fate.value
        return {"schema": SCHEMA, "mutants": table, "problems": self.problems}

    def write(self, basis: str, file: Path = FILE) -> None:
        """Write the matrix to a JSON file; `basis` is the hash of what it depends on (`mutant.basis`)."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({**self.as_json(), "basis": basis}, indent=1) + "\n", encoding="utf-8")

    def summary(self) -> str:
        """How many mutants were killed, in one line, and a line for each problem."""
        names = dict.fromkeys(name for _, name in self.fates)
        killed = sum(bool(self.killers(name)) for name in names)
        checks = {check for check, _ in self.fates}
        head = f"{killed} of {len(names)} mutants killed by {len(checks)} checks"
        return "\n".join([head, *self.problems])


def last(basis: str, file: Path = FILE) -> tuple[int, int, int] | None:
    """Return how many mutants the last whole mutation run killed, of how many, and the number of checks that killed
    them.

    None if `file` cannot be read, holds a problem, or was written for another `basis`.
    """
    try:
        found = json.loads(untrusted_text.read(file, MOST_BYTES))
        if found["basis"] != basis or found["problems"]:
            return None
        fates = [mutant["fates"] for mutant in found["mutants"].values()]
        killed = sum(Fate.KILLED in kills.values() for kills in fates)
        checks = {check for kills in fates for check in kills}
        return (killed, len(fates), len(checks)) if checks else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):  # nothing that `write` wrote
        return None


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "")
