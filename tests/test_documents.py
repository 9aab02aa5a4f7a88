"""The documents: commands, options, mutants, checks, paths and links in them exist, and their examples run."""

from __future__ import annotations

import ast
import importlib
import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import conformance.__main__
import conformance.contract.check
import matrix.__main__
from conformance.attacks import campaign
from conformance.contract import requirement
from conformance.contract.check import SCENARIOS, Check, binding_of, discover, laws
from conformance.foundation import seeded_random
from conformance.judging import ledger, ledger_file
from conformance.target import implementation
from conformance.trust import mutant
from conformance.trust.oracle import Oracle

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PROJECT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    file
    for pattern in ("*.md", ".github/**/*.md", "docs/**/*.md", "conformance/**/*.md", "reference/*.md")
    for file in PROJECT.glob(pattern)
)
ROOMS = {entry.name for entry in PROJECT.iterdir() if entry.name in {".ci", ".github"} or entry.name[0] != "."}
WRITTEN_BY_A_USER = {"mine.toml", "mine.ledger.toml", "server.py"}
FIELD_NOTES = PROJECT / "docs/field-notes.md"  # names files of Python and of frameworks
BASES = (PROJECT, PROJECT / "reference", PROJECT / "reference/src", PROJECT / "reference/src/utilmeta")
CHECKS = {check.name for check in discover()}
MUTANTS = mutant.discover()


@dataclass(frozen=True)
class Text:
    """A piece of a document: the document, and what stands there."""

    document: Path
    text: str

    def __str__(self) -> str:
        return f"{self.document.relative_to(PROJECT)}: {self.text.strip().splitlines()[0][:60]}"


def fences(language: str) -> Iterator[Text]:
    """The fenced blocks of that language."""
    for document in DOCUMENTS:
        for found in re.finditer(rf"^```{language}\n(.*?)^```$", document.read_text("utf-8"), re.M | re.S):
            yield Text(document, found[1])


def spans() -> Iterator[Text]:
    """What stands in backquotes, in one line, and the lines of indented blocks without their comments."""
    for document in DOCUMENTS:
        text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.M | re.S)
        prose = re.sub(r"^ {4}.*$", "", text, flags=re.M)
        yield from (Text(document, " ".join(found.split())) for found in re.findall(r"`([^`]+)`", prose))
        for line in re.findall(r"^ {4}(\S.*)$", text, re.M):
            yield Text(document, re.sub(r"\s+#.*$", "", line))


SPANS = list(spans())


def commands(program: str) -> list[Text]:
    """Each use of a program, as the arguments that follow it."""
    return [
        Text(span.document, found[1])
        for span in SPANS
        for part in re.split(r"\s&&\s|; ", span.text)
        if (found := re.fullmatch(rf"(?:\w+=\S+ )*(?:\S*/)?{program} (.+)", part.strip()))
    ]


def placeholder(value: object) -> bool:
    return value is None or str(value).isupper()


# --- commands ---


def sessions() -> set[str]:
    tree = ast.parse((PROJECT / "noxfile.py").read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list}


def accepted(config: pytest.Config, arguments: list[str]) -> None:
    """Fails where pytest, with the plugin, does not know one of the options."""
    for option in arguments:
        if option.startswith("-"):
            config.getoption(option.partition("=")[0])


@pytest.mark.parametrize("command", commands("nox"), ids=str)
def test_a_nox_command_runs_sessions_and_options_that_exist(command: Text, pytestconfig: pytest.Config) -> None:
    own, _, rest = command.text.partition(" -- ")
    _, _, named = f" {own}".partition(" -s ")
    assert named, command
    names = [name.partition("(")[0] for name in shlex.split(named)]  # of 'upstream(newest)' upstream
    assert set(names) <= sessions()
    arguments = shlex.split(rest)
    for session in names if arguments else []:
        if session in {"differential", "attacks"}:
            parsed(conformance.__main__, [session, *arguments])
        elif session == "matrix":
            parsed(matrix.__main__, arguments)
        elif session == "loadtests":
            known = (PROJECT / "loadtests/locustfile.py").read_text("utf-8")
            assert all(f" {option} " in known for option in arguments if option.startswith("-"))
        else:
            accepted(pytestconfig, arguments)
            names = re.findall(r"--mutant[ =](\S+)", rest)
            assert all(placeholder(name) or name in MUTANTS for name in names)


@pytest.mark.parametrize("command", commands("pytest"), ids=str)
def test_a_pytest_command_has_options_that_exist(command: Text, pytestconfig: pytest.Config) -> None:
    accepted(pytestconfig, shlex.split(command.text))


@pytest.mark.parametrize("command", commands("python -m conformance"), ids=str)
def test_a_command_of_the_harness_has_options_and_names_that_exist(command: Text) -> None:
    parsed(conformance.__main__, shlex.split(command.text))


@pytest.mark.parametrize("command", commands("python -m matrix"), ids=str)
def test_a_command_of_the_matrix_has_options_that_exist(command: Text) -> None:
    parsed(matrix.__main__, shlex.split(command.text))


@pytest.mark.parametrize("command", commands("pip install") + commands("-m pip install"), ids=str)
def test_what_is_installed_from_here_has_the_extras_that_are_named(command: Text) -> None:
    """Nothing of this project is published, so it is installed as `-e FOLDER`."""
    assert "utilmeta-" not in command.text
    for folder, extras in re.findall(r"-e '?([\w./]+)(?:\[([\w,]+)\])?", command.text):
        with open(PROJECT / folder / "pyproject.toml", "rb") as file:
            known = tomllib.load(file)["project"]["optional-dependencies"]
        assert set(filter(None, extras.split(","))) <= set(known)


def parsed(program: Any, arguments: list[str]) -> None:
    """Fails where a command line does not parse, or names a scenario, mutant, attack, check or variant that is none."""
    if len(arguments) == 1 and arguments[0] not in {"startup", "stops", "configurations", "client-faults", "lock"}:
        arguments = [*arguments, "--help"]  # the bare name of a command
    try:
        found: Mapping[str, Any] = vars(program._parser().parse_args(arguments))
    except SystemExit as error:
        if error.code:
            raise AssertionError(f"{arguments} does not parse") from None
        return
    names = [found.get("mutant"), *(found.get("plant") or [])[:1]]
    assert all(placeholder(name) or name in MUTANTS for name in names)
    assert placeholder(scenario := found.get("scenario")) or (SCENARIOS / f"{scenario}.py").is_file()
    if "attack" in found and not any(map(str.isupper, found["attack"])):
        options = campaign.Options(found["sample"], found["backend"], found["mode"], found["server"], found["attack"])
        campaign.chosen(implementation.find(found["implementation"]), options)
    if "evidence" in found:
        assert found["evidence"].stem.replace(".test_", ".py::test_") in CHECKS


# --- what exists ---


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(PROJECT)))
def test_a_link_leads_to_a_file_and_a_heading(document: Path) -> None:
    text = re.sub(r"`[^`]*`", "", re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.M | re.S))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (document.parent / name) if name else document
        assert file.exists(), target
        assert not anchor or anchor in headings(file), target


def headings(document: Path) -> set[str]:
    """The anchors that GitHub makes of a document's headings."""
    titles = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", title).lower().replace(" ", "-") for title in titles}


def paths() -> Iterator[Text]:
    for span in SPANS:
        for word in span.text.split():
            first, slash, _ = word.partition("/")
            if slash and re.fullmatch(r"[\w.<>/*-]+", word) and (first in ROOMS - {"reports"} or first in INSIDE):
                yield Text(span.document, word)


INSIDE = {"core", "conf", "utilmeta"}  # of the reference, where its documents speak of them


@pytest.mark.parametrize("path", list(paths()), ids=str)
def test_a_path_exists(path: Text) -> None:
    pattern = re.sub(r"<\w+>", "*", path.text).rstrip("/")
    assert any(next(base.glob(pattern), None) for base in BASES), path


def rooms() -> Iterator[str]:
    """The folders of modules that ARCHITECTURE has a line for: those of the harness, and those of `utilmeta.core`."""
    for parent in (PROJECT / "conformance", PROJECT / "reference/src/utilmeta/core"):
        yield from sorted(f"{file.parent.parent.name}/{file.parent.name}/" for file in parent.glob("*/__init__.py"))


@pytest.mark.parametrize("room", list(rooms()))
def test_a_room_stands_in_architecture(room: str) -> None:
    assert f"`{room}`" in (PROJECT / "ARCHITECTURE.md").read_text("utf-8")


def files() -> Iterator[Text]:
    for span in SPANS:
        named = re.fullmatch(r"[\w.-]+\.(py|md|toml|json)", span.text)
        if named and span.text not in WRITTEN_BY_A_USER and span.document != FIELD_NOTES:
            yield span


FILES = {file.name for room in sorted(ROOMS - {"reports", "build"}) for file in PROJECT.glob(f"{room}/**/*")} | ROOMS


@pytest.mark.parametrize("file", list(files()), ids=str)
def test_a_file_that_is_named_without_its_folder_is_somewhere(file: Text) -> None:
    assert file.text in FILES


def modules() -> Iterator[Text]:
    for span in SPANS:
        for name in re.findall(r"(?<![\w./])(?:conformance|matrix|loadtests|tests)(?:\.\w+)+", span.text):
            if not name.endswith((".md", ".toml", ".json")):
                yield Text(span.document, name)


@pytest.mark.parametrize("name", list(modules()), ids=str)
def test_a_dotted_name_is_a_module_or_stands_in_one(name: Text) -> None:
    package, _, attribute = name.text.rpartition(".")
    folder = PROJECT.joinpath(*name.text.split("."))
    is_module = folder.is_dir() or folder.with_suffix(".py").is_file()
    assert is_module or hasattr(importlib.import_module(package), attribute)


# --- examples ---


def examples() -> list[Text]:
    """The Python of documents, and the examples in the docstring of `conformance.contract.check`."""
    documented = conformance.contract.check.__doc__ or ""
    blocks = re.findall(r"(?:^ {4}.*\n(?:\n(?= {4}))?)+", documented, re.M)
    assert blocks, "the docstring has no example"
    own = Path(str(conformance.contract.check.__file__))
    return [*fences("python"), *(Text(own, re.sub(r"^ {4}", "", block, flags=re.M)) for block in blocks)]


def checks_of(example: Text) -> dict[str, Any]:
    """Runs an example with what it may use of the harness, and returns the checks that it defines."""
    names = {name: getattr(conformance.contract.check, name) for name in ("must", "should", "may", "Start")}
    exec(compile(example.text, str(example), "exec"), names)
    return {name: value for name, value in names.items() if name.startswith("test_")}


CODE = [example for example in fences("python") if "def test_" not in example.text]
CHECK_EXAMPLES = [example for example in examples() if "def test_" in example.text]


@pytest.mark.parametrize("example", [each for each in CODE if each.document.parent == PROJECT], ids=str)
def test_an_example_that_is_no_check_stands_in_a_file_of_the_project(example: Text) -> None:
    """Its file is run by the project's tests and runs, and so is the example."""
    assert any(example.text in file.read_text("utf-8") for file in PROJECT.glob("conformance/**/*.py"))


@pytest.mark.parametrize("example", CODE, ids=str)
def test_an_example_is_python(example: Text) -> None:
    ast.parse(example.text)


@pytest.mark.parametrize("example", CHECK_EXAMPLES, ids=str)
def test_an_example_of_a_check_agrees_with_contract_and_mutants(example: Text) -> None:
    contract = requirement.load()
    found = checks_of(example)
    assert found
    for name, function in found.items():
        check = Check(f"test_example.py::{name}", binding_of(function))
        assert check.binding is not None
        assert not [sentence for sentence in laws(contract, [check]) if check.name in sentence]
        assert not [sentence for sentence in mutant.laws(contract, [check], MUTANTS) if check.name in sentence]


@pytest.mark.parametrize("example", [each for each in CHECK_EXAMPLES if "..." not in each.text], ids=str)
def test_an_example_of_a_check_passes_on_the_oracle(example: Text) -> None:
    seeded_random.begin(1)
    oracle = Oracle("127.0.0.1")
    try:
        for function in checks_of(example).values():
            function(root=oracle)
    finally:
        oracle.close()


@pytest.mark.parametrize("example", list(fences("toml")), ids=str)
def test_an_example_file_is_read_and_means_something(example: Text, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(example.text, encoding="utf-8")
    if "[[cause]]" not in example.text:
        assert implementation.load(file).variants
        return
    bound = {check.name: check.binding.requirements for check in discover() if check.binding}
    found = ledger_file.load(file)
    assert found.entries
    assert not ledger.laws(found, requirement.load(), bound, implementation.find("reference"))
