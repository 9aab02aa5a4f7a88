"""Selection of what to judge, from the command line; an option that matches nothing is an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from conformance.contract.backend import Mode
from conformance.contract.check import CHECKS
from conformance.contract.requirement import Contract, Level
from conformance.contract.variant import Variant
from conformance.foundation.exceptions import BadUsage
from conformance.target.implementation import Implementation


@dataclass(frozen=True)
class Selection:
    """Values of --backend, --mode, --requirement and --level, as given; empty means all.

    `checks` are the paths, node ids and expressions (`-k once`) that select only some checks.
    """

    backends: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    level: Level = Level.FULL
    checks: tuple[str, ...] = ()

    @classmethod
    def of(cls, config: pytest.Config, implementation: Implementation, contract: Contract) -> Selection:
        """Read the options; raises BadUsage naming a value that matches nothing, and the values that exist."""
        chosen = cls(
            tuple(config.getoption("backend")),
            tuple(config.getoption("mode")),
            tuple(config.getoption("requirement")),
            _level(config.getoption("level")),
            _narrowing(config),
        )
        chosen._check(implementation, contract)
        return chosen

    def _check(self, implementation: Implementation, contract: Contract) -> None:
        for backend in self.backends:
            if backend not in implementation.backends:
                known = ", ".join(implementation.backends)
                raise BadUsage(f"There is no backend {backend!r}. The backends are {known}.")
            if backend not in {variant.backend for variant in implementation.variants}:
                raise BadUsage(
                    f"{implementation.name} does not say that it supports {backend}: {implementation.file} lists "
                    f"{', '.join(map(str, implementation.variants))}."
                )
        for mode in self.modes:
            if mode not in {entry.value for entry in Mode}:
                raise BadUsage(f"There is no mode {mode!r}. The modes are sync and async.")
        if not self.variants(implementation):
            raise BadUsage(
                f"{implementation.name} has no variant of backend {', '.join(self.backends) or 'any'} and mode "
                f"{', '.join(self.modes)}: {implementation.file} lists {', '.join(map(str, implementation.variants))}."
            )
        for requirement in self.requirements:
            if not any(_matches(requirement, entry.id, entry.chapter) for entry in contract):
                chapters = dict.fromkeys(entry.chapter for entry in contract)
                raise BadUsage(
                    f"There is no requirement {requirement!r}: give an id like HOOK-3 or a chapter, "
                    f"of {', '.join(chapters)}."
                )

    @property
    def partial(self) -> bool:
        """Whether anything is left out of a run, by any option."""
        return self != Selection()

    def variants(self, implementation: Implementation) -> tuple[Variant, ...]:
        """The selected variants of the implementation, in its order."""
        return tuple(
            variant
            for variant in implementation.variants
            if (not self.backends or variant.backend in self.backends)
            and (not self.modes or variant.mode.value in self.modes)
        )

    def requirement_ids(self, contract: Contract) -> frozenset[str]:
        """The ids of the selected requirements, whether or not the implementation offers what they need."""
        return frozenset(
            entry.id
            for entry in contract
            if self.level.holds(entry.source)
            and (
                not self.requirements or any(_matches(chosen, entry.id, entry.chapter) for chosen in self.requirements)
            )
        )

    def offered_ids(self, contract: Contract, implementation: Implementation) -> frozenset[str]:
        """The ids of the selected requirements that need no feature which the implementation does not offer."""
        selected = self.requirement_ids(contract)
        return frozenset(name for name in selected if contract[name].offered_by(implementation.offered))


def _level(text: str) -> Level:
    try:
        return Level(text)
    except ValueError:
        raise BadUsage(f"There is no level {text!r}. The levels are {', '.join(Level)}.") from None


def _matches(chosen: str, identifier: str, chapter: str) -> bool:
    return chosen in (identifier, chapter)


def judges(config: pytest.Config) -> bool:
    """Whether the paths given to pytest can hold checks; `pytest tests`, for one, cannot."""
    if config.option.pyargs and any(name.partition(".")[0] == "conformance" for name in config.args):
        return True
    return any(CHECKS.is_relative_to(path) or path.is_relative_to(CHECKS) for path in _paths(config))


def _paths(config: pytest.Config) -> list[Path]:
    return [Path(config.invocation_params.dir, argument.partition("::")[0]).resolve() for argument in config.args]


def _narrowing(config: pytest.Config) -> tuple[str, ...]:
    """Return what pytest was given that selects only some checks: expressions, paths and node ids."""
    options = config.option
    chosen = [f"{flag} {text}" for flag, text in (("-k", options.keyword), ("-m", options.markexpr)) if text]
    chosen += [f"--deselect {node}" for node in options.deselect or ()]
    chosen += ["--lf"] if getattr(options, "lf", False) else []
    if options.pyargs and {"conformance", "conformance.checks"} & set(config.args):
        return tuple(chosen)
    paths = _paths(config)
    if not any(CHECKS.is_relative_to(path) for path in paths):
        chosen += [
            given
            for given, path in zip(config.args, paths, strict=True)
            if path.is_relative_to(CHECKS) or (options.pyargs and given.startswith("conformance."))
        ]
    return tuple(chosen)


SERVER_OPTIONS = {"http": ("h11", "httptools"), "loop": ("asyncio", "uvloop")}


def server_options(given: Sequence[str], variants: Iterable[Variant]) -> dict[str, str]:
    """Parse --server-option into values by name.

    Raises BadUsage for an option that uvicorn does not have, and where none of the variants runs on uvicorn.
    """
    chosen = {}
    for text in given:
        name, _, value = text.partition("=")
        if value not in SERVER_OPTIONS.get(name, ()):
            known = ", ".join(f"{known}={'|'.join(values)}" for known, values in SERVER_OPTIONS.items())
            raise BadUsage(f"--server-option {text}: there are {known}.")
        chosen[name] = value
    if chosen and not any(variant.server == "uvicorn" for variant in variants):
        served = ", ".join(map(str, variants))
        raise BadUsage(f"--server-option {given[0]} is for uvicorn, which serves none of {served}.")
    return chosen
