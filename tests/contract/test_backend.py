"""The table of backends, and that the harness names a framework there and in tables of facts alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

from conformance.checks.framework_facts import FrameworkFacts
from conformance.contract import backend
from conformance.contract.backend import BACKENDS, SERVERS, Capability, having
from conformance.contract.variant import Variant
from conformance.foundation.exceptions import BackendUnknown

ROOT = Path(__file__).parents[2]
NAMES = {*BACKENDS, *map(str, Variant.every())}
# Each of these places has a comment that says why; what can be asked of `Variant.can` is no reason.
NAMED = {
    "conformance/checks/security_launches.py": 1,  # a choice of servers
    "conformance/checks/test_hook.py": 1,  # the text of an assertion
    "conformance/trust/mutant.py": 1,  # an order of variants
    "conformance/trust/variation.py": 1,  # the same, for combinations
}


def sources() -> Iterator[Path]:
    """The harness without its table of backends, and without what runs in the implementation's interpreter."""
    apart = [ROOT / "conformance" / name for name in ("scenarios", "mutants", "variations", "agent")]
    for folder in ("conformance", "matrix", "loadtests"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            if file != Path(backend.__file__) and not any(file.is_relative_to(each) for each in apart):
                yield file


def named(tree: ast.AST) -> list[int]:
    """The lines on which backends are told apart by name: comparisons, collections of names, mappings by names."""
    facts = {
        id(entries) for node in ast.walk(tree) if isinstance(node, ast.Call) and of_facts(node) for entries in node.args
    }
    return sorted({node.lineno for node in ast.walk(tree) if tells_apart(node) and id(node) not in facts})


def of_facts(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == FrameworkFacts.__name__


def tells_apart(node: ast.AST) -> TypeGuard[ast.expr]:
    if isinstance(node, ast.Compare):
        return any(map(is_name, (node.left, *node.comparators)))
    if isinstance(node, ast.Dict):
        return any(key is not None and is_name(key) for key in node.keys)
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return bool(node.elts) and all(map(is_name, node.elts))
    return False


def is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in NAMES


def test_no_check_and_nothing_else_of_the_harness_tells_backends_apart_by_name() -> None:
    found = {str(file.relative_to(ROOT)): named(ast.parse(file.read_text(encoding="utf-8"))) for file in sources()}
    counted = {file: len(lines) for file, lines in found.items() if lines}
    assert counted == NAMED, "ask `Variant.can`, or make a table of FrameworkFacts: " + str(
        {file: lines for file, lines in found.items() if len(lines) != NAMED.get(file, 0)}
    )


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('if variant.backend == "flask": ...', [1]),
        ('x = backend not in ("flask", "sanic")', [1]),
        ('WITH = {"flask"}', [1]),
        ('WAYS = {"flask-sync": 1}', [1]),
        ('WAYS = FrameworkFacts("way", {"flask-sync": 1})', []),
        ('WAYS = ("plain", "django")', []),
        ('message = "flask"', []),
    ],
)
def test_backends_told_apart_by_name_are_found(source: str, lines: list[int]) -> None:
    assert named(ast.parse(source)) == lines


def test_each_capability_is_one_that_some_backends_have_and_others_do_not() -> None:
    for capability in Capability:
        assert having(capability), capability
        assert having(capability) < set(BACKENDS), capability


def test_capabilities_compose_and_print_themselves() -> None:
    assert str(Capability.LIFESPAN | Capability.MOUNTS) == "lifespan, mounts"
    starlette, sanic = Variant.parse("starlette-sync"), Variant.parse("sanic-sync")
    assert starlette.can(Capability.LIFESPAN | Capability.MOUNTS)
    assert not sanic.can(Capability.LIFESPAN | Capability.MOUNTS)
    assert sanic.can(Capability(0))


def test_every_server_of_a_backend_is_described() -> None:
    assert {server for backend in BACKENDS.values() for server in backend.servers.values()} == set(SERVERS)


def test_a_fact_is_about_a_variant_or_else_its_backend() -> None:
    facts = FrameworkFacts("number", {"django-sync": 1, "django": 2})
    assert [facts.of(Variant.parse(name)) for name in ("django-sync", "django-async")] == [1, 2]


def test_a_backend_that_a_check_knows_nothing_of_is_named() -> None:
    facts = FrameworkFacts("number", {"django": 2})
    with pytest.raises(BackendUnknown, match=r"This check does not know flask: .* has no number for it"):
        facts.of(Variant.parse("flask-sync"))
