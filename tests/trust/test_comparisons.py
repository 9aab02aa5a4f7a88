"""Checks compare: an assertion without a comparison, or a raise, makes a failure of kind other, which says little."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conformance.contract.check import CHECKS

MOST = 0.05  # of the checks
Function = tuple[str, str]


@dataclass
class Body:
    """What a function of the checks calls by name, and its statements whose failure is of kind other."""

    calls: set[str]
    others: list[str]


def compares(test: ast.expr) -> bool:
    """Whether pytest sees the operands of whatever part of the expression fails."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return compares(test.operand)
    if isinstance(test, ast.BoolOp):
        return all(map(compares, test.values))
    return isinstance(test, ast.Compare)


def is_other(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return not compares(node.test)
    if isinstance(node, ast.Raise):
        return node.exc is not None and ast.unparse(node.exc).startswith("AssertionError")
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.fail"


def bodies(folder: Path) -> dict[Function, Body]:
    found = {}
    for file in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                inner = list(ast.walk(node))
                calls = {
                    each.func.id for each in inner if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
                }
                others = [f"{file.name}:{each.lineno}" for each in inner if is_other(each)]  # type: ignore[attr-defined]
                found[file.name, node.name] = Body(calls, others)
    return found


def reached(check: Function, functions: dict[Function, Body], by_name: dict[str, list[Function]]) -> Iterator[str]:
    """The statements of a check, and of the functions of its file or of shared files that it calls."""
    seen, left = set(), [check]
    while left:
        function = left.pop()
        if function in seen:
            continue
        seen.add(function)
        yield from functions[function].others
        left += [
            other
            for name in functions[function].calls
            for other in by_name[name]
            if other[0] == function[0] or not other[0].startswith("test_")
        ]


def uncompared(folder: Path) -> tuple[int, dict[Function, list[str]]]:
    """How many checks there are, and the statements of those that have any whose failure is of kind other."""
    functions = bodies(folder)
    by_name: dict[str, list[Function]] = defaultdict(list)
    for function in functions:
        by_name[function[1]].append(function)
    checks = [function for function in functions if function[1].startswith("test_")]
    found = {check: list(reached(check, functions, by_name)) for check in checks}
    return len(checks), {check: others for check, others in found.items() if others}


def test_few_checks_have_an_assertion_that_compares_nothing() -> None:
    number, found = uncompared(CHECKS)
    sites = {site for others in found.values() for site in others}
    by_file = Counter(site.partition(":")[0] for site in sites)
    told = f"{len(found)} of {number} checks, by {len(sites)} statements: {by_file.most_common()}\n{sorted(sites)}"
    assert len(found) <= MOST * number, told


def test_what_compares_nothing_is_found_in_what_a_check_calls_too(tmp_path: Path) -> None:
    (tmp_path / "shared.py").write_text("def hidden():\n    assert isinstance(1, str)\n")
    (tmp_path / "test_it.py").write_text(
        "def test_good(x):\n    assert x == 1 and not (x in [2] or x is None)\n\n"
        "def test_bad(x):\n    assert not x\n\n"
        "def test_calls():\n    between()\n\ndef between():\n    hidden()\n\n"
        "def test_raises():\n    raise AssertionError('x')\n"
    )
    number, found = uncompared(tmp_path)
    assert number == 4
    assert {name: sites for (_, name), sites in found.items()} == {
        "test_bad": ["test_it.py:5"],
        "test_calls": ["shared.py:2"],
        "test_raises": ["test_it.py:14"],
    }
