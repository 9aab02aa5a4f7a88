"""Permitted variations: the reference with a freedom taken that a level leaves, to test that no check fails for it.

A variation is a small module of conformance/variations/<group>; its name joins both, `errors_bare_text` for
errors/bare_text.py. Its first line says what is free. `LEVEL` is the level at which it is: "page" for an implementation
that keeps the page alone, "full" where the whole contract leaves it free. `BREAKS` are the requirements, all of higher
levels, that it breaks; every check of another one has to pass. `BREAKS = "above"` is all of higher levels: it is
not run with their checks. `VARIANTS`, if it is defined, lists the variants where it changes something. Those of one
group exclude each other. The agent loads it as it loads a mutant (conformance.trust.mutant), and it changes the
implementation in the same ways.
"""

from __future__ import annotations

import ast
import random
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from conformance.contract.check import Check
from conformance.contract.requirement import Contract, Level
from conformance.contract.variant import Variant
from conformance.foundation.exceptions import HarnessError
from conformance.foundation.requirement_ids import sort_key
from conformance.trust.mutant import Pairing, assigned

VARIATIONS = Path(__file__).parents[1] / "variations"
# The first variant that a combination runs on, the second, ...: near ones differ in backend and mode.
_ORDER = (
    "flask-sync",
    "starlette-async",
    "django-sync",
    "tornado-async",
    "sanic-sync",
    "fastapi-async",
    "django-async",
    "flask-async",
    "sanic-async",
    "starlette-sync",
    "tornado-sync",
    "fastapi-sync",
)


@dataclass(frozen=True)
class Variation:
    """One module of conformance/variations; `freedom` is its first line."""

    name: str
    group: str
    file: Path
    freedom: str
    level: Level
    breaks: frozenset[str]
    variants: tuple[Variant, ...]
    above: bool = False
    """Whether it may break every requirement of a higher level."""

    def concerns(self, check: Check, contract: Contract) -> bool:
        """Whether it breaks, or may break, a requirement that the check verifies, so that the check may fail."""
        requirements = check.binding.requirements if check.binding else ()
        return any(
            each in self.breaks or (self.above and not self.level.holds(contract[each].source)) for each in requirements
        )


@dataclass(frozen=True)
class Combination:
    """Variations of different groups that are loaded together on a variant; or one variation alone, under its name."""

    name: str
    variant: Variant
    members: tuple[Variation, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """The modules to load, in this order."""
        return tuple(member.file for member in self.members)

    def for_check(self, check: Check, contract: Contract, name: str) -> Combination:
        """The members that leave the check's requirements alone, under another name."""
        members = tuple(each for each in self.members if not each.concerns(check, contract))
        return Combination(name, self.variant, members)


@dataclass(frozen=True)
class Shard:
    """The part `number`, from 1, of a run of variations in `of` parts, which together are the whole run."""

    number: int = 1
    of: int = 1

    @classmethod
    def parse(cls, text: str) -> Shard:
        """The shard that `3/8` stands for; raises ValueError for any other text."""
        found = re.fullmatch(r"([1-9][0-9]?)/([1-9][0-9]?)", text)
        shard = cls(*map(int, found.groups())) if found else None
        if shard is None or shard.number > shard.of:
            raise ValueError(f"{text!r} is no shard: the third of eight is 3/8")
        return shard

    def of_check(self, check: Check, planned: Sequence[Combination]) -> list[Combination]:
        """The combinations that a check runs with; those of one file share a service, so they have the same."""
        shift = zlib.crc32(check.name.partition("::")[0].encode())
        return [each for place, each in enumerate(planned) if (place + shift) % self.of == self.number - 1]


WHOLE = Shard()


def discover(folder: Path = VARIATIONS) -> dict[str, Variation]:
    """The variations of a folder by name; raises HarnessError naming the file that does not say what it must."""
    found = (_read(file, folder) for file in sorted(folder.glob("*/*.py")))
    return {variation.name: variation for variation in found}


def _read(file: Path, folder: Path) -> Variation:
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    freedom = (ast.get_docstring(tree) or "").partition("\n")[0]
    if not freedom:
        raise HarnessError(f"{file}: a variation's first line says what is free.")
    said = {name: next(map(ast.literal_eval, assigned(tree, name)), None) for name in ("LEVEL", "BREAKS", "VARIANTS")}
    try:
        level = Level(said["LEVEL"])
        variants = tuple(map(Variant.parse, said["VARIANTS"] or _ORDER))
    except ValueError as error:
        raise HarnessError(f"{file}: {error}.") from None
    group = file.parent.name
    above = said["BREAKS"] == "above"
    breaks = frozenset(() if above else said["BREAKS"] or ())
    return Variation(f"{group}_{file.stem}", group, file, freedom, level, breaks, variants, above)


def laws(contract: Contract, variations: Iterable[Variation]) -> list[str]:
    """The disagreements between variations and the contract, a sentence each: an id that does not exist, or that
    belongs to the very level at which the variation is said to be free."""
    broken = []
    for variation in variations:
        for identifier in sorted(variation.breaks, key=sort_key):
            if identifier not in contract:
                broken.append(f"{variation.name} breaks {identifier}, which the contract does not hold.")
            elif variation.level.holds(contract[identifier].source):
                broken.append(
                    f"{variation.name} breaks {identifier}, which is promised at level {variation.level}, where it is "
                    "said to be free."
                )
    return broken


def combinations(variations: Iterable[Variation], seed: int = 0) -> list[Combination]:
    """Combinations that have each variation once, at most one of a group in each, on as many variants as there are.

    A seed other than 0 draws which ones come together, and where.
    """
    waiting: dict[str, list[Variation]] = {}
    for variation in sorted(variations, key=lambda each: each.name):
        waiting.setdefault(variation.group, []).append(variation)
    order = [Variant.parse(name) for name in _ORDER]
    if seed:
        draw = random.Random(seed)
        for members in waiting.values():
            draw.shuffle(members)
        draw.shuffle(order)
    for members in waiting.values():
        members.sort(key=lambda each: len(each.variants))
    found: list[Combination] = []
    while any(waiting.values()):
        used = [combination.variant for combination in found]
        chosen = {
            variant: [first for members in waiting.values() if (first := _first_on(variant, members)) is not None]
            for variant in order
        }
        variant = max(order, key=lambda each: (len(chosen[each]), -used.count(each)))
        found.append(Combination(f"combination_{len(found) + 1}", variant, tuple(chosen[variant])))
        for member in chosen[variant]:
            waiting[member.group].remove(member)
    return found


def _first_on(variant: Variant, members: Iterable[Variation]) -> Variation | None:
    return next((member for member in members if variant in member.variants), None)


def drawn(variations: Iterable[Variation], level: Level, variant: Variant, seed: int) -> Combination:
    """One variation of each group that changes something on the variant and is free at the level, drawn by the seed.

    One that breaks something beyond the level comes before those that break nothing.
    """
    draw = random.Random(f"{seed} {level}")
    free = [each for each in variations if list(Level).index(each.level) >= list(Level).index(level)]
    members = []
    for group in sorted({each.group for each in free}):
        ours = sorted((each for each in free if each.group == group), key=lambda each: each.name)
        draw.shuffle(ours)
        ours.sort(key=lambda each: not (each.breaks or each.above))
        chosen = _first_on(variant, ours)
        if chosen is not None:
            members.append(chosen)
    return Combination(f"{level}_{seed}", variant, tuple(members))


def alone(variation: Variation, variant: Variant) -> Combination:
    """The variation without any other, on a variant."""
    return Combination(variation.name, variant, (variation,))


def pairings(
    contract: Contract, checks: Iterable[Check], planned: Iterable[Combination], shard: Shard = WHOLE
) -> dict[str, list[Pairing]]:
    """What a run of variations does, by the name of the check.

    Each check that judges a combination's variant runs with those of its members that leave the check's requirements
    alone. Each variation that breaks some of them is loaded alone: there the check has to fail.
    Of the combinations each check has those of the shard.
    """
    planned = list(planned)
    found: dict[str, list[Pairing]] = {}
    names: dict[Combination, str] = {}
    for check in checks:
        if check.binding is None:
            continue
        ours = found[check.name] = []
        chosen = shard.of_check(check, planned)
        for combination in chosen:
            reduced = combination.for_check(check, contract, combination.name)
            if reduced.members and _judges(check, contract, combination.variant):
                name = combination.name
                if reduced.members != combination.members:
                    name = names.setdefault(reduced, f"{name}_without_{len(names) + 1}")
                ours.append(Pairing(check.name, combination.variant, combination.for_check(check, contract, name)))
        ours += _breaking(check, contract, chosen)
    return found


def single_pairings(
    contract: Contract, checks: Iterable[Check], planned: Iterable[Combination], names: Iterable[str]
) -> dict[str, list[Pairing]]:
    """As `pairings`, of the named variations, each loaded alone on the variant that it has in `planned`."""
    chosen = set(names)
    singles = [
        alone(member, combination.variant)
        for combination in planned
        for member in combination.members
        if member.name in chosen
    ]
    found = pairings(contract, checks, singles)
    return {check: list(dict.fromkeys(each)) for check, each in found.items()}


def _breaking(check: Check, contract: Contract, planned: Iterable[Combination]) -> list[Pairing]:
    """The check with each variation that breaks one of its requirements, on a variant where that one applies."""
    assert check.binding is not None
    found = []
    for combination in planned:
        for member in combination.members:
            broken = [contract[each] for each in check.binding.requirements if each in member.breaks]
            for variant in (combination.variant, *member.variants):
                if any(each.applies.holds(variant) for each in broken):
                    found.append(Pairing(check.name, variant, alone(member, variant)))
                    break
    return found


def _judges(check: Check, contract: Contract, variant: Variant) -> bool:
    assert check.binding is not None
    return any(contract[each].applies.holds(variant) for each in check.binding.requirements)
