"""What UtilMeta's other guides document, and where the contract has it: guides.toml, which says how it is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conformance.contract.requirement import Contract, ContractError, Source

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = Path(__file__).with_name("guides.toml")
_LATER = "later"
_CURE = (
    'a line reads `g1 = ["ROUTE-1a"]`, `g2 = { says = "...", ours = "..." }` or `g3 = { says = "...", waits = "..." }`'
    '; where a part is held, g2 and g3 have `kept = ["ROUTE-1a"]` too'
)
_FORMS = (["kept"], ["ours", "says"], ["says", "waits"], ["kept", "ours", "says"], ["kept", "says", "waits"])


@dataclass(frozen=True)
class Fact:
    """One thing that a guide documents, such as API-g7.

    `kept_by` are the requirements that hold it. Where they do not, `says` is what the guide says, and there is either
    `ours`, what the contract says in its place and why, or `waits`, the subject that it belongs to; of a fact that is
    held in part both stand.
    """

    id: str
    chapter: str
    kept_by: tuple[str, ...] = ()
    says: str = ""
    ours: str = ""
    waits: str = ""


@dataclass(frozen=True)
class Guides:
    """All facts, in the order of the file, and by chapter the subjects that are not judged yet."""

    facts: tuple[Fact, ...]
    later: Mapping[str, str]

    def laws(self, contract: Contract) -> list[str]:
        """What is wrong with it, a sentence each: a fact that no documented requirement holds, a requirement that does
        not exist, and one of the guides that is no fact's."""
        broken = []
        for fact in self.facts:
            unknown = [each for each in fact.kept_by if each not in contract]
            broken += [f"{fact.id} is kept by {each}, which the contract does not hold." for each in unknown]
            if fact.kept_by and not unknown and all(contract[each].source is Source.READING for each in fact.kept_by):
                broken.append(f"{fact.id} is kept by requirements of source r alone: its own is of source g.")
        named = {each for fact in self.facts for each in fact.kept_by}
        broken += [
            f"{requirement.id} is of source g, and no fact of guides.toml is kept by it."
            for requirement in contract
            if requirement.source is Source.GUIDES and requirement.id not in named
        ]
        return broken


def load(file: Path = FILE) -> Guides:
    """Read the file. Raises ContractError, which names the line's id, for one of another form."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    later = tables.pop(_LATER, {})
    return Guides(tuple(_facts(tables, file.name)), later)


def _facts(tables: Mapping[str, Mapping[str, Any]], where: str) -> Iterator[Fact]:
    for chapter, lines in tables.items():
        for number, line in lines.items():
            identifier = f"{chapter}-{number}"
            said = dict(line) if isinstance(line, dict) else {"kept": line}
            keys = sorted(said)
            kept = said.pop("kept", [])
            held = isinstance(kept, list) and all(isinstance(each, str) for each in kept)
            if keys not in _FORMS or not held or ("kept" in keys and not kept) or line == {"kept": kept}:
                raise ContractError(f"{where}: {identifier}: {_CURE}")
            yield Fact(identifier, chapter, tuple(kept), **said)
