"""Mutants: the reference with one promise broken on purpose, to test that the checks of that promise fail.

A mutant is a small module of conformance/mutants/<chapter>, the chapter whose promise it breaks; its name joins both,
`route_template_before_fixed` for route/template_before_fixed.py. Its first line says what the broken service does;
`VARIANTS`, if it is defined, lists the variants on which it does so, the preferred one first. The agent imports it into
the service's process before the scenario; this module only reads it.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from conformance.contract.check import CHECKS, SCENARIOS, Check
from conformance.contract.requirement import Contract, Keyword
from conformance.contract.variant import Start, Variant
from conformance.foundation.exceptions import HarnessError

MUTANTS = Path(__file__).parents[1] / "mutants"
BROKEN = "reference"  # the implementation that the mutants are made of
CANARY = "canary"
_HELPER = "mutation"
# Where a mutant lives that does not say: the first on which the check applies, the quickest to start first; then any.
_ORDER = (
    "flask-sync",
    "starlette-async",
    "tornado-async",
    "django-sync",
    "flask-async",
    "fastapi-async",
    "sanic-async",
    "django-async",
    "starlette-sync",
    "tornado-sync",
    "fastapi-sync",
    "sanic-sync",
)


class Change(Protocol):
    """A change of the implementation that services load: a mutant, or variations (conformance.trust.variation)."""

    @property
    def name(self) -> str:
        """Its name, of letters, digits and `_`, as it stands in node ids."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The modules to load, in this order."""


@dataclass(frozen=True)
class Mutant:
    """One module of conformance/mutants; `promise` is its first line, `variants` those that it breaks."""

    name: str
    file: Path
    promise: str
    variants: tuple[Variant, ...]

    @property
    def files(self) -> tuple[Path]:
        """The module to load."""
        return (self.file,)

    def variant_for(self, check: Check, contract: Contract) -> Variant | None:
        """The variant on which a check has to kill this mutant: the first of `variants` that it judges, or None."""
        if check.binding is None:
            return None
        requirements = [contract[identifier] for identifier in check.binding.requirements if identifier in contract]
        for variant in self.variants:
            if any(requirement.applies.holds(variant) for requirement in requirements):
                return variant
        return None


def discover(folder: Path = MUTANTS) -> dict[str, Mutant]:
    """The mutants of a folder by name; raises HarnessError for one without first line or of an unknown variant."""
    files = sorted(file for file in folder.rglob("*.py") if file.stem != _HELPER)
    return {mutant.name: mutant for mutant in (_read(file, folder) for file in files)}


def _read(file: Path, folder: Path) -> Mutant:
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    promise = (ast.get_docstring(tree) or "").partition("\n")[0]
    if not promise:
        raise HarnessError(f"{file}: a mutant's first line says what is broken.")
    given = next((ast.literal_eval(value) for value in assigned(tree, "VARIANTS")), None)
    names = dict.fromkeys((*_ORDER, *map(str, Variant.every())) if given is None else given)
    try:
        variants = tuple(Variant.parse(name) for name in names)
    except ValueError as error:
        raise HarnessError(f"{file}: VARIANTS: {error}.") from None
    return Mutant("_".join(file.relative_to(folder).with_suffix("").parts), file, promise, variants)


def assigned(tree: ast.Module, name: str) -> Iterator[ast.expr]:
    """What a module assigns to a name."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            yield node.value


@dataclass(frozen=True)
class Pairing:
    """One thing that a run of mutants or variations does: run a check on a variant with a change of the implementation;
    without one (None), as a control."""

    check: str
    variant: Variant
    mutant: Change | None

    def __str__(self) -> str:
        return f"{self.variant}~{self.mutant.name}" if self.mutant else str(self.variant)


def pairings(
    contract: Contract, checks: Iterable[Check], mutants: Iterable[Mutant], full: bool = False
) -> dict[str, list[Pairing]]:
    """The pairings of each check, by its name: with each mutant in its `kills`, or with every mutant if `full`; and a
    control on each variant that these use."""
    mutants = list(mutants)
    found: dict[str, list[Pairing]] = {}
    for check in checks:
        if check.binding is None:
            continue
        mutated = [
            Pairing(check.name, variant, mutant)
            for mutant in mutants
            if full or mutant.name in check.binding.kills
            if (variant := mutant.variant_for(check, contract)) is not None
        ]
        controls = [Pairing(check.name, variant, None) for variant in dict.fromkeys(p.variant for p in mutated)]
        found[check.name] = controls + mutated
    return found


def basis(contract: Contract, changes: Path = MUTANTS) -> str:
    """A hash of all that a kill matrix depends on but the reference: contract, checks, scenarios and mutants; with
    another folder of `changes`, what a report of variations depends on."""
    digest = hashlib.sha256(contract.hash.encode())
    for file in sorted(file for folder in (CHECKS, SCENARIOS, changes) for file in folder.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def laws(contract: Contract, checks: Iterable[Check], mutants: Mapping[str, Mutant]) -> list[str]:
    """The disagreements between checks and mutants, a sentence each: a MUST check that kills none, a mutant that is
    unknown, that no check kills, or that is on no variant which its check judges."""
    broken = []
    named: set[str] = set()
    for check in checks:
        binding = check.binding
        if binding is None:
            continue
        if binding.level is Keyword.MUST and not binding.kills:
            broken.append(f"{check.name} names no mutant that it kills: say kills=(...), of conformance/mutants.")
        for name in binding.kills:
            named.add(name)
            if name not in mutants:
                broken.append(f"{check.name} is to kill {name}, which is not in conformance/mutants.")
            elif mutants[name].variant_for(check, contract) is None:
                variants = ", ".join(map(str, mutants[name].variants))
                broken.append(f"{check.name} is to kill {name}, which lives on {variants}: it judges none of them.")
    broken += [f"{name}: no check is to kill this mutant." for name in mutants if name not in named]
    broken += [
        f"{CANARY}: no check that starts its service {start} is to kill it, so nobody sees whether mutants are loaded."
        for start in Start
        if CANARY in mutants
        and not any(c.binding and c.binding.start is start and CANARY in c.binding.kills for c in checks)
    ]
    return broken
