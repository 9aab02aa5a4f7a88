"""Looks at the implementation's interpreter before the first check, and says once what cannot be judged in it."""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from conformance.contract import libraries
from conformance.contract.check import CHECKS
from conformance.contract.variant import Variant
from conformance.plugin.run import Run
from conformance.target import handshake

NOT_INSTALLED = "not installed in the implementation's environment"


def look(run: Run, executable: Path, say: Callable[[str], None]) -> None:
    """Say which frameworks and libraries are missing, in a line each, and how many requirements that leaves unverified.

    Raises NoImplementation, TwoImplementations or AgentDied where nothing at all can be judged.
    """
    variants = run.scope.variants
    frameworks = sorted({variant.backend for variant in variants})
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        modules = [*frameworks, *libraries.LIBRARIES]
        lacking = handshake.inspect(run.implementation, executable, modules, Path(folder) / "agent.log")
    closure = fixture_closure() if lacking else {}
    for name in lacking:
        if name in frameworks:
            mine = [variant for variant in variants if variant.backend == name]
            unverified, where = _applying(run, run.scope.requirements, mine), f" on {name}"
        else:
            needing = [
                requirement
                for check in run.checks
                for requirement in run.bound.get(check.name, ())
                if name in libraries.needed_by(check, [run.contract[requirement]], closure)
            ]
            unverified, where = _applying(run, needing, variants), ""
        if unverified:
            stay = "1 requirement stays" if unverified == 1 else f"{unverified} requirements stay"
            say(f"{NOT_INSTALLED}: {name}; {stay} unverified{where}")


def _applying(run: Run, requirements: Collection[str], variants: Iterable[Variant]) -> int:
    """How many of these requirements the run judges on any of these variants."""
    chosen = list(variants)
    return sum(
        any(run.contract[each].applies.holds(variant) for variant in chosen)
        for each in run.scope.requirements.intersection(requirements)
    )


def fixture_closure(folder: Path = CHECKS) -> Mapping[str, set[str]]:
    """Return, for each fixture of the checks, the names of all fixtures that it asks for, directly or not."""
    direct: dict[str, set[str]] = {}
    for file in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                "fixture" in ast.unparse(each) for each in node.decorator_list
            ):
                direct.setdefault(node.name, set()).update(argument.arg for argument in node.args.args)

    def reached(name: str, seen: frozenset[str]) -> set[str]:
        inner = direct.get(name, set()) - seen
        return inner.union(*(reached(each, seen | inner) for each in inner))

    return {name: reached(name, frozenset({name})) for name in direct}
