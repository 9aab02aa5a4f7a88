"""Binds a check, a pytest function in conformance/checks, to the requirements it verifies.

    @must("ROUTE-3a", kills="route_template_before_fixed_path")
    def test_a_fixed_path_wins_over_a_template(root): ...

    @must("SERVICE-12", start=Start.SCRIPT, kills=("service_port_of_another_framework", "service_port_taken_silently"))
    def test_the_default_port_is_the_frameworks_own(target): ...

The word is the requirement's keyword: a check whose level is not its requirement's is an error, as is one that starts
the service in a way the requirement does not speak of. `laws` finds these, and whatever else the contract and the
checks disagree about, before any check runs. `kills` names the mutants (conformance.trust.mutant) on
which the check fails.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from conformance.contract.requirement import Contract, Keyword
from conformance.contract.variant import Start

CHECKS = Path(__file__).parents[1] / "checks"
SCENARIOS = Path(__file__).parents[1] / "scenarios"

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Binding:
    """What a check says of itself: which requirements, at which level, started how, and the mutants that it kills."""

    requirements: tuple[str, ...]
    level: Keyword
    start: Start
    kills: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """A check as report and lock name it: `test_hook.py::test_...`; `binding` is None when it says nothing.

    `asks` are the names of its parameters: the fixtures it asks for, and its cases.
    """

    name: str
    binding: Binding | None
    asks: frozenset[str] = frozenset()


def _binder(level: Keyword) -> Callable[..., Callable[[Function], Function]]:
    def bind(
        *requirements: str, start: Start = Start.FORKED, kills: str | tuple[str, ...] = ()
    ) -> Callable[[Function], Function]:
        mutants = (kills,) if isinstance(kills, str) else kills

        def decorate(function: Function) -> Function:
            function.binding = Binding(requirements, level, start, mutants)  # type: ignore[attr-defined]
            return function

        return decorate

    bind.__doc__ = (
        f"Bind a check to requirements whose keyword is {level}; `start` says how it starts the service, `kills` which "
        "mutants fail it."
    )
    return bind


must = _binder(Keyword.MUST)
should = _binder(Keyword.SHOULD)
may = _binder(Keyword.MAY)


def binding_of(function: object) -> Binding | None:
    """The binding of a check function, None for a function that has none."""
    return getattr(function, "binding", None)


def discover(folder: Path = CHECKS, package: str = "conformance.checks") -> list[Check]:
    """Every check of the folder, in the order it is written."""
    return [
        check
        for file in sorted(folder.glob("test_*.py"))
        for check in _checks_in(importlib.import_module(f"{package}.{file.stem}"), file.name)
    ]


def _checks_in(module: ModuleType, file: str) -> Iterator[Check]:
    for name, value in vars(module).items():
        if name.startswith("test_") and inspect.isfunction(value):
            yield Check(f"{file}::{name}", binding_of(value), frozenset(inspect.signature(value).parameters))


def laws(contract: Contract, checks: Iterable[Check]) -> list[str]:
    """Every disagreement between the contract and its checks, a sentence each; none when they agree."""
    broken = []
    verified: set[str] = set()
    for check in checks:
        if check.binding is None or not check.binding.requirements:
            broken.append(f"{check.name} is bound to no requirement: decorate it with @must(...), or take it away.")
            continue
        for identifier in check.binding.requirements:
            if identifier not in contract:
                broken.append(f"{check.name} is bound to {identifier}, which the contract does not hold.")
                continue
            requirement = contract[identifier]
            verified.add(identifier)
            if check.binding.level is not requirement.keyword:
                broken.append(f"{check.name} says {check.binding.level}, but {identifier} is a {requirement.keyword}.")
            if check.binding.start not in requirement.applies.starts:
                broken.append(
                    f"{check.name} starts its service {check.binding.start}, but {identifier} speaks of "
                    f"{', '.join(sorted(requirement.applies.starts))}."
                )
    broken += [f"{entry.id} has no check." for entry in contract if entry.id not in verified]
    return broken
