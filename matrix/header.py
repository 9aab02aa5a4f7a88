"""Header of a report: the harness, the implementation, the contract, and the variants with their versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UNKNOWN = "?"
"""Distribution and version of an implementation that no distribution provides, such as a folder on the path."""


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
    """The judged implementation, and the distribution that provides its `utilmeta`.

    `features_not_offered` are those of the contract that it does not claim to have, `variants_not_offered` what it has
    none of: `sanic` for both modes of a backend, `flask-async` for one.
    """

    name: str
    distribution: str
    version: str
    features_not_offered: tuple[str, ...] = ()
    variants_not_offered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Selection:
    """The run's options --backend, --mode and --requirement, as given; empty means everything.

    `checks` are the paths, node ids and expressions (`-k once`) by which only some checks were chosen.
    """

    backends: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Requirement:
    """A requirement of the contract; `keyword` is MUST, SHOULD or MAY, `source` is p, g or r.

    `variants` are those it applies to, whether or not the run judged them. `needs` are the features of the contract
    without which it promises nothing.
    """

    chapter: str
    keyword: str
    source: str
    sentence: str
    variants: tuple[str, ...]
    needs: tuple[str, ...] = ()

    @property
    def backends(self) -> frozenset[str]:
        """Names of the backends that the requirement applies to, in some mode."""
        return frozenset(variant.rpartition("-")[0] for variant in self.variants)


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
    `level` is page, guides or full. `requirements` are those of the level that were selected, offered or not, by id, in
    the order of the contract. `variants` are sorted here.
    `mutants` is None where the kill matrix of the present checks is not known, or has problems. `variations` is how
    many permitted variations were tried, where no check fails for any of them, or None.
    """

    contract: Contract
    harness: Harness
    implementation: Implementation
    python: str
    platform: str
    started: str
    seed: int
    level: str
    selection: Selection
    variants: tuple[VariantStamp, ...]
    requirements: Mapping[str, Requirement]
    control: Control
    mutants: Mutants | None = None
    variations: int | None = None

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.variants, key=lambda stamp: (stamp.backend, stamp.mode)))
        object.__setattr__(self, "variants", ordered)

    def offers(self, requirement: Requirement) -> bool:
        """Whether the implementation claims to have all that a requirement needs."""
        absent = {*self.implementation.features_not_offered, *self.implementation.variants_not_offered}
        return not requirement.needs or bool(set(requirement.needs) - absent)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Header:
        """Build a header from what `dataclasses.asdict` made of one; the value has to match the schema."""
        return cls(
            contract=Contract(**value["contract"]),
            harness=Harness(**value["harness"]),
            implementation=Implementation(**_tuples(value["implementation"])),
            python=value["python"],
            platform=value["platform"],
            started=value["started"],
            seed=value["seed"],
            level=value["level"],
            selection=Selection(**_tuples(value["selection"])),
            mutants=Mutants(**value["mutants"]) if value["mutants"] else None,
            variations=value.get("variations"),
            variants=tuple(VariantStamp(**stamp) for stamp in value["variants"]),
            requirements={name: Requirement(**_tuples(entry)) for name, entry in value["requirements"].items()},
            control=Control(**value["control"]),
        )


def _tuples(members: dict[str, Any]) -> dict[str, Any]:
    """Return the members with each array as a tuple."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in members.items()}
