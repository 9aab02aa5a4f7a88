"""Header of a report: the harness, the implementation, the contract, and the variants with their versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Contract:
    """The contract of a run; `hash` is `sha256:` and 64 hexadecimal digits."""

    edition: str
    hash: str


@dataclass(frozen=True)
class Harness:
    """The harness of a run; `commit` is None outside a git checkout."""

    name: str
    version: str
    commit: str | None = None


@dataclass(frozen=True)
class Implementation:
    """The judged implementation, and the distribution that provides its `utilmeta`."""

    name: str
    distribution: str
    version: str


@dataclass(frozen=True)
class Selection:
    """The run's options --backend, --mode and --requirement, as given; empty means everything."""

    backends: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Requirement:
    """A requirement of the contract; `keyword` is MUST, SHOULD or MAY."""

    chapter: str
    keyword: str
    sentence: str


@dataclass(frozen=True)
class Mutants:
    """Result of the last mutation run: `killed` mutants, out of `of`, by `checks` checks."""

    killed: int
    of: int
    checks: int


@dataclass(frozen=True)
class Control:
    """Numbers of the checks that the oracle had to pass before they judged, and of those exempt from that."""

    controlled: int
    exempt: int


@dataclass(frozen=True)
class VariantStamp:
    """What a variant ran on, as the agent saw it; `frameworks` are versions by distribution name.

    `server` and `event_loop` are class names; None where there is none, or the variant never came up.
    """

    backend: str
    mode: str
    frameworks: Mapping[str, str]
    server: str | None
    http_parser: str | None = None
    event_loop: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "frameworks", dict(sorted(self.frameworks.items())))

    def __str__(self) -> str:
        return f"{self.backend}-{self.mode}"


@dataclass(frozen=True)
class Header:
    """The header of a report.

    `started` is ISO 8601 in UTC, `2026-11-22T16:52:00+00:00`. `seed` is the source of every random value.
    `requirements` are those in the run's scope, by id, in the order of the contract. `variants` are sorted here.
    `mutants` is None where the kill matrix of the present checks is not known, or has problems.
    """

    contract: Contract
    harness: Harness
    implementation: Implementation
    python: str
    platform: str
    started: str
    seed: int
    selection: Selection
    variants: tuple[VariantStamp, ...]
    requirements: Mapping[str, Requirement]
    control: Control
    mutants: Mutants | None = None

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.variants, key=lambda stamp: (stamp.backend, stamp.mode)))
        object.__setattr__(self, "variants", ordered)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Header:
        """Build a header from what `dataclasses.asdict` made of one; the value has to match the schema."""
        return cls(
            contract=Contract(**value["contract"]),
            harness=Harness(**value["harness"]),
            implementation=Implementation(**value["implementation"]),
            python=value["python"],
            platform=value["platform"],
            started=value["started"],
            seed=value["seed"],
            selection=Selection(**{name: tuple(chosen) for name, chosen in value["selection"].items()}),
            mutants=Mutants(**value["mutants"]) if value["mutants"] else None,
            variants=tuple(VariantStamp(**stamp) for stamp in value["variants"]),
            requirements={name: Requirement(**entry) for name, entry in value["requirements"].items()},
            control=Control(**value["control"]),
        )
