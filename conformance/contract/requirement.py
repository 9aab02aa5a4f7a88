"""Parses the contract: each requirement's keyword, source, sentence, and where it applies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path

from conformance.contract.backend import BACKENDS, Mode
from conformance.contract.variant import Start, Variant
from conformance.foundation.requirement_ids import sort_key

EDITION = "1"
CONTRACT = Path(__file__).parent

_LINE = re.compile(
    r"- (?P<id>(?P<chapter>[A-Z]+)-(?P<number>g?\d+)(?P<part>[a-z]?)) (?P<keyword>\w+) (?P<source>\w)\s+"
    r"(?P<sentence>.+?)(?:\s*\[applies: (?P<applies>[^\]]*)\])?(?:\s*\[needs: (?P<needs>[^\]]*)\])?"
)
_RESTRICTION = re.compile(r"(?P<key>\w+)=(?P<values>\w+(?:\|\w+)*)")
_VALUES = {
    "backend": set(BACKENDS),
    "mode": {mode.value for mode in Mode},
    "server": {"asynchronous", "threaded"},
    "start": {start.value for start in Start},
}


FEATURES = ("client", "orm", "redis")
"""What an implementation may say in its file that it does not offer, besides a backend: `[needs: redis]` names one."""


class ContractError(Exception):
    """The contract cannot be parsed; the message names file and line and says what is expected."""


class Keyword(str, Enum):
    """Keyword of a requirement, in the sense of RFC 2119."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    MAY = "MAY"

    def __str__(self) -> str:
        return self.value


class Source(str, Enum):
    """Where a requirement comes from: the "Run & Deploy" page, UtilMeta's other guides, or this project's reading."""

    PAGE = "p"
    GUIDES = "g"
    READING = "r"

    def __str__(self) -> str:
        return self.value


class Level(str, Enum):
    """How much of the contract is judged: what the page promises, what the guides promise too, or everything."""

    PAGE = "page"
    GUIDES = "guides"
    FULL = "full"

    def __str__(self) -> str:
        return self.value

    def holds(self, source: Source) -> bool:
        """Whether a requirement of this source belongs to the level; each level holds those before it."""
        return list(Source).index(source) <= list(Level).index(self)


@dataclass(frozen=True)
class Restriction:
    """One condition, `key=value|value`, of an `[applies: ...]`."""

    key: str
    values: frozenset[str]


@dataclass(frozen=True)
class Applies:
    """Where a requirement applies: all restrictions of one of `alternatives` hold; without any, everywhere."""

    alternatives: tuple[tuple[Restriction, ...], ...] = ()

    def holds(self, variant: Variant) -> bool:
        """Whether the requirement applies to `variant`."""
        facts = {
            "backend": variant.backend,
            "mode": variant.mode.value,
            "server": variant.server_kind,
        }
        return not self.alternatives or any(
            all(facts[restriction.key] in restriction.values for restriction in alternative if restriction.key in facts)
            for alternative in self.alternatives
        )

    @property
    def starts(self) -> frozenset[Start]:
        """The ways in which a check may start the service to verify the requirement."""
        named = {
            Start(value)
            for alternative in self.alternatives
            for restriction in alternative
            if restriction.key == "start"
            for value in restriction.values
        }
        return frozenset(named or Start)


@dataclass(frozen=True)
class Requirement:
    """One requirement of the contract, such as HOOK-3.

    `needs` are FEATURES or backends: an implementation that offers none of them is promised nothing by it.
    """

    id: str
    chapter: str
    keyword: Keyword
    source: Source
    sentence: str
    applies: Applies = Applies()
    applies_text: str = ""
    needs: frozenset[str] = frozenset()

    def offered_by(self, offers: Collection[str]) -> bool:
        """Whether an implementation that offers these features and backends has something that it is about."""
        return not self.needs or not self.needs.isdisjoint(offers)

    @cached_property
    def hash(self) -> str:
        """Hash of all that a check is written against: id, keyword, sentence, and where it applies."""
        text = f"{self.id} {self.keyword} {self.sentence} [{self.applies_text}]"
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def parse(text: str, where: str) -> list[Requirement]:
    """Parse one chapter; `where` names it in errors.

    Raises ContractError for a line that begins like a requirement and is none.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not re.match(r"- [A-Z]+-g?\d", line):
            continue
        place = f"{where}:{number}"
        match = _LINE.fullmatch(line)
        if match is None:
            raise ContractError(
                f"{place}: not a requirement: {line!r}. One reads `- HOOK-3 MUST p  Sentence. [applies: ...]`"
            )
        if match["keyword"] not in Keyword.__members__:
            raise ContractError(f"{place}: {match['id']} says {match['keyword']!r}; a keyword is MUST, SHOULD or MAY")
        if match["source"] not in set(Source):
            raise ContractError(f"{place}: {match['id']} has the source {match['source']!r}; a source is p, g or r")
        needs = frozenset(filter(None, (match["needs"] or "").split("|")))
        if unknown := needs - {*FEATURES, *BACKENDS}:
            raise ContractError(
                f"{place}: {match['id']} needs {', '.join(sorted(unknown))}; there are {', '.join(FEATURES)} and the "
                "backends"
            )
        applies = match["applies"] or ""
        found.append(
            Requirement(
                id=match["id"],
                chapter=match["chapter"],
                keyword=Keyword(match["keyword"]),
                source=Source(match["source"]),
                sentence=match["sentence"],
                applies=_applies(applies, f"{place}: {match['id']}"),
                applies_text=applies,
                needs=needs,
            )
        )
    return found


def _applies(text: str, place: str) -> Applies:
    if not text:
        return Applies()
    alternatives = []
    for alternative in text.split(" or "):
        restrictions = []
        for part in alternative.split(","):
            match = _RESTRICTION.fullmatch(part.strip())
            if match is None:
                raise ContractError(f"{place}: {part.strip()!r} is no restriction; one reads `backend=flask|sanic`")
            key, values = match["key"], frozenset(match["values"].split("|"))
            if key not in _VALUES:
                raise ContractError(f"{place}: unknown key {key!r}; there are {', '.join(sorted(_VALUES))}")
            if unknown := values - _VALUES[key]:
                raise ContractError(f"{place}: {key} is never {', '.join(sorted(unknown))}")
            restrictions.append(Restriction(key, values))
        alternatives.append(tuple(restrictions))
    return Applies(tuple(alternatives))


class Contract:
    """All requirements by their ids, in the order of chapters, then of ids."""

    def __init__(self, requirements: Iterable[Requirement]) -> None:
        self._by_id: dict[str, Requirement] = {}
        for requirement in requirements:
            if requirement.id in self._by_id:
                raise ContractError(f"{requirement.id} is written twice; an id belongs to one sentence for ever")
            self._by_id[requirement.id] = requirement

    def __iter__(self) -> Iterator[Requirement]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._by_id

    def __getitem__(self, identifier: str) -> Requirement:
        return self._by_id[identifier]

    @property
    def hash(self) -> str:
        """Hash of all requirements: reports with the same hash were judged by the same contract."""
        lines = sorted(f"{requirement.id} {requirement.hash}" for requirement in self._by_id.values())
        return "sha256:" + hashlib.sha256("\n".join(lines).encode()).hexdigest()


CHAPTERS = (
    "SERVICE",
    "BACKEND",
    "ASYNC",
    "CONFIG",
    "APPLICATION",
    "HOOK",
    "ENV",
    "DJANGO",
    "DATABASE",
    "CACHE",
    "TIME",
    "PREFERENCE",
    "RUN",
    "ROUTE",
    "ERROR",
    "API",
    "REQUEST",
    "RESPONSE",
    "TYPE",
    "PLUGIN",
    "MIGRATION",
    "CLI",
    "CLIENT",
    "STREAM",
    "SECURITY",
)


def load(folder: Path = CONTRACT) -> Contract:
    """Parse every chapter of `folder`, in the order of CHAPTERS; raises ContractError."""
    requirements = []
    for file in sorted(folder.glob("*.md")):
        if file.stem == "README":
            continue
        chapter = file.stem.upper()
        if chapter not in CHAPTERS:
            raise ContractError(
                f"{file.name}: chapter {chapter} is not in CHAPTERS of conformance/contract/requirement.py"
            )
        for requirement in parse(file.read_text(encoding="utf-8"), file.name):
            if requirement.chapter != chapter:
                raise ContractError(f"{file.name}: {requirement.id} belongs to another chapter")
            requirements.append(requirement)
    requirements.sort(key=lambda requirement: (CHAPTERS.index(requirement.chapter), sort_key(requirement.id)))
    return Contract(requirements)
