"""The table of documented names holds each that a scenario uses, and requirements that exist."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.contract import names
from conformance.contract.check import SCENARIOS
from conformance.contract.requirement import load

CONTRACT = load()
MODULES = {"utilmeta.core.api", "utilmeta.utils.exceptions"}
REQUEST = "utilmeta.core.request"  # a parameter of many functions is called `request`, too, which has small letters


def used_in(file: Path) -> Iterator[str]:
    """Documented names that a scenario imports, finds in a documented module, or gives to `UtilMeta` as keywords."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] == "utilmeta":
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = known.get(node.value.id)
            if module in MODULES or (
                module == "utilmeta.core.request" and node.attr[0].isupper() and node.attr[1:2].islower()
            ):
                yield f"{module}.{node.attr}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("UtilMeta", "given"):
            yield from (f"utilmeta.UtilMeta({keyword.arg})" for keyword in node.keywords if keyword.arg)


@pytest.mark.parametrize("file", sorted(SCENARIOS.glob("*.py")), ids=lambda file: file.stem)
def test_every_name_that_a_scenario_uses_is_promised(file: Path) -> None:
    assert [name for name in used_in(file) if not names.promised_by(name)] == []
    keywords = {name for name in used_in(file) if name.endswith(")")}
    assert keywords - set(names.load()) - OTHERS == set()


OTHERS = {  # of `given`, whose values are no keywords of UtilMeta
    "utilmeta.UtilMeta(disabled)",
    "utilmeta.UtilMeta(strict)",
    "utilmeta.UtilMeta(strict_root_route)",
    "utilmeta.UtilMeta(time_zone)",
    "utilmeta.UtilMeta(use_tz)",
}


@pytest.mark.parametrize(("name", "requirement"), names.load().items())
def test_every_requirement_of_the_table_exists(name: str, requirement: str) -> None:
    assert requirement in CONTRACT, f"{name} is promised by {requirement}, which the contract does not hold"


@pytest.mark.parametrize(
    ("name", "requirement"),
    [
        ("utilmeta.core.api.CORS", "PLUGIN-8a"),
        ("utilmeta.core.api.CORS.method", "PLUGIN-8a"),
        ("utilmeta.UtilMeta(port)", "SERVICE-13"),
        ("utilmeta.UtilMeta(colour)", "APPLICATION-4"),
        ("utilmeta.nowhere", ""),
        ("", ""),
    ],
)
def test_a_name_is_promised_by_its_line_or_by_what_holds_it(name: str, requirement: str) -> None:
    assert names.promised_by(name) == requirement
