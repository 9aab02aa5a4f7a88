"""The law of ARCHITECTURE.md: which part may import which, read from its list."""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PARTS = ("conformance", "matrix", "loadtests", "tests")
SERVERS = {"werkzeug", "uvicorn", "sanic", "tornado", "django", "hypercorn", "asgiref"}


HARNESS = "Which part may import which"
REFERENCE = "Which part of the reference may import which"
FACES = ("utilmeta", "utilmeta.__main__", "utilmeta.utils")


@functools.cache
def marked_lines(section: str, mark: str) -> list[list[str]]:
    """The names in backquotes of each line of a section that begins with what the regex ``mark`` matches."""
    text = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    lines = text.partition(f"## {section}\n")[2].partition("\n## ")[0].splitlines()
    return [re.findall(r"`([\w.]+)`", line) for line in lines if re.match(mark, line)]


def layers(section: str = HARNESS) -> list[list[str]]:
    return marked_lines(section, r"\d+\. ")


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


def place_of(name: str, section: str = HARNESS) -> tuple[int, str]:
    """The line of a section's list, and the entry in it, that a module belongs to."""
    for number, entries in enumerate(layers(section), 1):
        for entry in entries:
            if name == entry or name.startswith(f"{entry}."):
                return number, entry
    raise AssertionError(f"{name} stands nowhere in the list of ARCHITECTURE.md")


def is_exempt(name: str) -> bool:
    return name == "conformance" or name.startswith(
        ("conformance.agent", "conformance.scenarios", "conformance.mutants", "conformance.variations")
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
    "name",
    [
        name
        for name in MODULES
        if not name.startswith(("conformance.scenarios", "conformance.mutants", "conformance.variations"))
    ],
)
def test_nothing_of_the_harness_imports_utilmeta(name: str) -> None:
    assert not [imported for imported in imports(MODULES[name]) if imported.partition(".")[0] == "utilmeta"]


@pytest.mark.parametrize("name", MODULES)
def test_nothing_imports_what_pytest_keeps_private(name: str) -> None:
    assert not [imported for imported in imports(MODULES[name]) if imported.partition(".")[0] == "_pytest"]


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("matrix")])
def test_the_matrix_knows_only_verdicts_their_causes_levels_and_the_foundation(name: str) -> None:
    known = [imported for imported in imports(MODULES[name]) if imported.startswith("conformance")]
    levels = ("contract.requirement.Level", "contract.requirement.Source")
    allowed = tuple(f"conformance.{part}" for part in ("judging.verdict.", "judging.cause.", "foundation.", *levels))
    assert all(imported.startswith(allowed) for imported in known)


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("conformance.checks")])
def test_the_checks_do_not_know_the_matrix(name: str) -> None:
    assert not [imported for imported in imports(MODULES[name]) if imported.startswith("matrix")]


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("conformance.checks")])
def test_what_several_modules_of_checks_share_stands_in_none_of_them(name: str) -> None:
    assert not [imported for imported in imports(MODULES[name]) if imported.startswith("conformance.checks.test_")]


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("conformance.checks")])
def test_a_check_that_cannot_judge_raises_harnesserror_and_skips_nothing(name: str) -> None:
    source = MODULES[name].read_text(encoding="utf-8")
    assert re.findall(r"pytest\.(?:skip|importorskip|xfail|mark\.skip)", source) == []


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("conformance.agent")])
def test_the_agent_needs_the_standard_library_alone(name: str) -> None:
    allowed = sys.stdlib_module_names | {"conformance_agent"}
    if name == "conformance.agent.servers":
        allowed |= SERVERS
    assert not {imported.partition(".")[0] for imported in imports(MODULES[name])} - allowed


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("conformance.scenarios")])
def test_a_scenario_imports_utilmetas_documented_names_frameworks_and_libraries(name: str) -> None:
    scenarios = {file.stem for file in (PROJECT / "conformance" / "scenarios").iterdir()}
    frameworks = {"django", "flask", "starlette", "fastapi", "sanic", "tornado", "uvicorn", "werkzeug"}
    libraries = {"pydantic", "msgspec", "utype", "ninja", "rest_framework"}
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


# --- The reference ---


def reference_modules() -> dict[str, Path]:
    source = PROJECT / "reference" / "src"
    names = {".".join(file.relative_to(source).with_suffix("").parts): file for file in source.rglob("*.py")}
    return {name.removesuffix(".__init__"): file for name, file in sorted(names.items())}


def imported_modules(name: str) -> set[str]:
    """The modules of the reference that one imports: anywhere in it, or names in a table."""
    file = REFERENCE_MODULES[name]
    texts = [
        node.value for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
    ]
    named = [text for text in texts if isinstance(text, str) and text in REFERENCE_MODULES and text not in FACES]
    return {found for each in (*imports(file), *named) if (found := module_of(each)) not in (None, name)}


def module_of(imported: str) -> str | None:
    """The module that an import of ``package.module.name`` is of; None for one that is not the reference's."""
    while imported and imported not in REFERENCE_MODULES:
        imported = imported.rpartition(".")[0]
    return imported or None


def reached_from(name: str) -> set[str]:
    """The modules that a module imports, those that these import, and so on."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = GRAPH[waiting.pop()] - found
        found |= new
        waiting += new
    return found


REFERENCE_MODULES = reference_modules()
GRAPH = {name: imported_modules(name) for name in REFERENCE_MODULES}


def test_the_law_of_the_reference_has_eight_rows_at_most_and_no_room_that_is_not_there() -> None:
    entries = [entry for row in layers(REFERENCE) for entry in row]
    assert len(layers(REFERENCE)) <= 8
    assert set(entries) <= set(REFERENCE_MODULES)


@pytest.mark.parametrize("name", [name for name in REFERENCE_MODULES if name not in FACES])
def test_a_module_of_the_reference_imports_only_what_stands_before_it(name: str) -> None:
    if not GRAPH[name]:
        return
    mine, room = place_of(name, REFERENCE)
    for imported in GRAPH[name]:
        theirs, other = place_of(imported, REFERENCE)
        assert theirs < mine or other == room, f"{name} imports {imported}, which stands after it"


def test_modules_of_the_reference_import_each_other_in_the_named_pairs_alone() -> None:
    reached = {name: reached_from(name) for name in GRAPH}
    circles = {frozenset(other for other in reached[name] if name in reached[other]) for name in GRAPH}
    assert {circle for circle in circles if circle} == set(map(frozenset, marked_lines(REFERENCE, "- ")))


# --- Rooms ---

# Folders whose modules are alike, so that their number does not matter.
ALIKE = (
    "conformance/checks",
    "conformance/scenarios",
    "conformance/mutants",
    "reference/src/utilmeta/core/server/backends",
)
MOST_MODULES = 15


def test_a_folder_has_fifteen_modules_at_most() -> None:
    counted: dict[str, int] = {}
    for part in (*PARTS, "reference", "examples"):
        for file in (PROJECT / part).rglob("*.py"):
            folder = file.parent.relative_to(PROJECT).as_posix()
            if file.stem != "__init__" and not folder.startswith(ALIKE):
                counted[folder] = counted.get(folder, 0) + 1
    assert {folder: number for folder, number in counted.items() if number > MOST_MODULES} == {}
