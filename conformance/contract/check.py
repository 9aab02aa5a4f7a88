"""Decorators that bind a check, a pytest function in conformance/checks, to the requirements that it verifies.

    @must("ROUTE-3a", kills="route_template_before_fixed")
    def test_a_fixed_path_wins_over_a_template(root): ...

    @must("SERVICE-12", start=Start.SCRIPT, kills="service_port_8000_everywhere")
    def test_the_default_port_is_the_frameworks_own(target): ...

A decorator is named after its requirements' keyword and returns the function unchanged, with a `Binding`. `laws` finds
what contract and checks disagree about, such as another keyword or a start that the requirement does not speak of,
before any check runs.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, TypeVar

from conformance.contract.requirement import Contract, Keyword
from conformance.contract.variant import Start

CHECKS = Path(__file__).parents[1] / "checks"
SCENARIOS = Path(__file__).parents[1] / "scenarios"

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Binding:
    """A decorator's arguments: the requirements of a check, their keyword, and how the check starts its service.

    `kills` names the mutants (conformance.trust.mutant) on which the check fails. `without_oracle` says why a check
    that asks for `root` is not put to the oracle (conformance.trust.oracle); None for all but a few.
    """

    requirements: tuple[str, ...]
    level: Keyword
    start: Start
    kills: tuple[str, ...] = ()
    without_oracle: str | None = None


@dataclass(frozen=True)
class Check:
    """A test function of conformance/checks, named `test_hook.py::test_...` as in reports and in the lock.

    `binding` is None where it has no decorator. `fixtures` are the names of the fixtures that it asks for, `cases`
    those of its other parameters, whose values are given by `pytest.mark.parametrize`.
    """

    name: str
    binding: Binding | None
    fixtures: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()

    @property
    def exemption(self) -> str | None:
        """The reason why a check is not put to the oracle; None for a check that is.

        The oracle (conformance.trust.oracle) answers HTTP requests in place of the service that the fixture `root`
        returns. A check that asks for any other fixture, or starts a service itself, needs more.
        """
        if self.binding is not None and self.binding.without_oracle:
            return self.binding.without_oracle
        if self.binding is not None and self.binding.start is not Start.FORKED:
            return f"it starts its service {self.binding.start}"
        if self.fixtures == {"root"}:
            return None
        others = ", ".join(f"`{name}`" for name in sorted(self.fixtures - {"root"}))
        return f"it asks for {others or 'no service'}"


def _binder(level: Keyword) -> Callable[..., Callable[[Function], Function]]:
    def bind(
        *requirements: str,
        start: Start = Start.FORKED,
        kills: str | tuple[str, ...] = (),
        without_oracle: str | None = None,
    ) -> Callable[[Function], Function]:
        mutants = (kills,) if isinstance(kills, str) else kills

        def decorate(function: Function) -> Function:
            function.binding = Binding(requirements, level, start, mutants, without_oracle)  # type: ignore[attr-defined]
            return function

        return decorate

    bind.__doc__ = (
        f"Bind a check to requirements whose keyword is {level}; `start` says how it starts the service, `kills` which "
        "mutants fail it, `without_oracle` why a check that asks for `root` is not put to the oracle."
    )
    return bind


must = _binder(Keyword.MUST)
should = _binder(Keyword.SHOULD)
may = _binder(Keyword.MAY)


def binding_of(function: object) -> Binding | None:
    """The Binding that a decorator left on a test function; None for a function that is no check."""
    return getattr(function, "binding", None)


def discover(folder: Path = CHECKS, package: str = "conformance.checks") -> list[Check]:
    """The checks of a folder of test modules, which it imports: file by file, in the order they are written."""
    return [
        check
        for file in sorted(folder.glob("test_*.py"))
        for check in _checks_in(importlib.import_module(f"{package}.{file.stem}"), file.name)
    ]


def _checks_in(module: ModuleType, file: str) -> Iterator[Check]:
    for name, value in vars(module).items():
        if name.startswith("test_") and inspect.isfunction(value):
            cases = frozenset(_parametrized(value))
            fixtures = frozenset(inspect.signature(value).parameters) - cases
            yield Check(f"{file}::{name}", binding_of(value), fixtures, cases)


def _parametrized(function: FunctionType) -> Iterator[str]:
    for mark in getattr(function, "pytestmark", ()):
        if mark.name == "parametrize" and not mark.kwargs.get("indirect"):
            names = mark.args[0]
            yield from (name.strip() for name in names.split(",")) if isinstance(names, str) else names


def laws(contract: Contract, checks: Iterable[Check]) -> list[str]:
    """The disagreements between the contract and its checks, a sentence each."""
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
        broken += _law_of_the_oracle(check, check.binding.without_oracle)
    broken += [f"{entry.id} has no check." for entry in contract if entry.id not in verified]
    return broken


def _law_of_the_oracle(check: Check, reason: str | None) -> Iterator[str]:
    """A check that asks for `root` is put to the oracle, or gives the reason why not; other checks give no reason."""
    if "root" in check.fixtures and check.exemption and not reason:
        yield (
            f"{check.name} asks for `root` but cannot be put to the oracle, since {check.exemption}: let it ask for "
            '`root` alone, or say without_oracle="why not".'
        )
    if "root" not in check.fixtures and reason:
        yield f"{check.name} says without_oracle without need: it does not ask for `root`."
