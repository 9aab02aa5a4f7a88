"""The law of ARCHITECTURE.md: which part may import which, read from its list."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PARTS = ("conformance", "matrix", "loadtests", "tests")
SERVERS = {"werkzeug", "uvicorn", "sanic", "tornado", "django", "hypercorn", "asgiref"}


def layers() -> list[list[str]]:
    text = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.partition("## Which part may import which")[2].partition("\n## ")[0]
    return [re.findall(r"`([\w.]+)`", line) for line in section.splitlines() if re.match(r"\d+\. ", line)]


def modules() -> Iterator[tuple[str, Path]]:
    for part in PARTS:
        for file in sorted((PROJECT / part).rglob("*.py")):
            if "fakes" not in file.parts and "environments" not in str(file):
                name = ".".join(file.relative_to(PROJECT).with_suffix("").parts)
                yield name.removesuffix(".__init__"), file


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def place_of(name: str) -> tuple[int, str]:
    """The line of the list, and the entry in it, that a module belongs to."""
    for number, entries in enumerate(layers(), 1):
        for entry in entries:
            if name == entry or name.startswith(f"{entry}."):
                return number, entry
    raise AssertionError(f"{name} stands nowhere in the list of ARCHITECTURE.md")


def is_exempt(name: str) -> bool:
    return name == "conformance" or name.startswith(
        ("conformance.agent", "conformance.scenarios", "conformance.mutants")
    )


MODULES = dict(modules())


@pytest.mark.parametrize("name", [name for name in MODULES if not is_exempt(name)])
def test_a_module_imports_only_what_stands_before_it(name: str) -> None:
    mine, folder = place_of(name)
    for imported in imports(MODULES[name]):
        if imported.partition(".")[0] in PARTS and imported != "conformance.__version__":
            theirs, other = place_of(imported)
            assert theirs < mine or other == folder, f"{name} imports {imported}, which stands after it"


@pytest.mark.parametrize(
    "name", [name for name in MODULES if not name.startswith(("conformance.scenarios", "conformance.mutants"))]
)
def test_nothing_of_the_harness_imports_utilmeta(name: str) -> None:
    assert not [imported for imported in imports(MODULES[name]) if imported.partition(".")[0] == "utilmeta"]


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("matrix")])
def test_the_matrix_knows_only_verdicts_and_the_foundation(name: str) -> None:
    known = [imported for imported in imports(MODULES[name]) if imported.startswith("conformance")]
    assert all(imported.startswith(("conformance.judging.verdict.", "conformance.foundation.")) for imported in known)


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("conformance.checks")])
def test_the_checks_do_not_know_the_matrix(name: str) -> None:
    assert not [imported for imported in imports(MODULES[name]) if imported.startswith("matrix")]


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("conformance.agent")])
def test_the_agent_needs_the_standard_library_alone(name: str) -> None:
    allowed = sys.stdlib_module_names | {"conformance_agent"}
    if name == "conformance.agent.servers":
        allowed |= SERVERS
    assert not {imported.partition(".")[0] for imported in imports(MODULES[name])} - allowed


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("conformance.scenarios")])
def test_a_scenario_imports_utilmetas_documented_names_frameworks_and_libraries_of_types(name: str) -> None:
    scenarios = {file.stem for file in (PROJECT / "conformance" / "scenarios").iterdir()}
    frameworks = {"django", "flask", "starlette", "fastapi", "sanic", "tornado", "uvicorn", "werkzeug"}
    libraries = {"pydantic", "msgspec", "utype"}
    allowed = sys.stdlib_module_names | {"utilmeta"} | frameworks | libraries | scenarios
    assert not {imported.partition(".")[0] for imported in imports(MODULES[name])} - allowed


def steps_of_a_request() -> list[tuple[str, str]]:
    """The rows of "The way of one request": a file of the reference and a function in it."""
    text = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.partition("## The way of one request")[2].partition("\n## ")[0]
    return re.findall(r"^ {4}(\S+\.py) +(\w+)", section, re.MULTILINE)


def test_the_way_of_one_request_names_files_and_functions_that_exist() -> None:
    core = PROJECT / "reference" / "src" / "utilmeta" / "core"
    steps = steps_of_a_request()
    assert len(steps) >= 20
    for file, function in steps:
        tree = ast.parse((core / file).read_text(encoding="utf-8"))
        functions = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
        assert function in functions, f"ARCHITECTURE.md draws {function} in {file}, which has no function of that name"
