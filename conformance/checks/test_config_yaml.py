"""CONFIG: files of variables in YAML."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

import pytest

from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.foundation.exceptions import LibraryMissing
from conformance.target.target import Target

BEFORE = 136  # lines before the broken one, so that no other number is taken for its own


def word() -> str:
    """The random word of this run."""
    return f"w{seeded_random.of('yaml').getrandbits(48):012x}"


@pytest.fixture
def yaml(target: Target) -> Target:
    """The target, whose interpreter has PyYAML."""
    if not target.probe("config_yaml", "installed").value:
        raise LibraryMissing("yaml (PyYAML) cannot be imported in the implementation's interpreter.")
    return target


def read(target: Target, texts: Mapping[str, str], **options: Any) -> Mapping[str, Any]:
    """What each text of a file holds, or what is raised of it."""
    options = {"texts": dict(texts), "suffix": ".yaml", **options}
    found: Mapping[str, Any] = target.probe("config_yaml", "read", **options).value
    return found


SCALARS_UNSET = {"NUMBER": 7, "RATIO": 0.5, "FLAG": True, "NOTHING": "set"}
SCALARS: dict[str, dict[str, Any]] = {
    "texts": {},
    "numbers": {"NUMBER": 41, "RATIO": 2.5},
    "false": {"NUMBER": 0, "RATIO": 0.0, "FLAG": False},
}
UNSET = {**SCALARS_UNSET, "ITEMS": [1], "PARTS": None}
VALUES: dict[str, dict[str, Any]] = {
    **SCALARS,
    "empty": {"ITEMS": [], "PARTS": {}},
    "collections": {"ITEMS": [3, 0], "PARTS": {"a": "b", "c": ""}},
}


def written(values: Mapping[str, Any]) -> str:
    """The values as lines of YAML, in blocks."""
    lines = [f"WORD: {word()}", "# a comment"]
    for name, value in values.items():
        if isinstance(value, dict) and value:
            lines += [f"{name}:", *(f"  {key}: {json.dumps(item)}" for key, item in value.items())]
        elif isinstance(value, list) and value:
            lines += [f"{name}:", *(f"  - {item}" for item in value)]
        else:
            lines.append(f"{name}: {json.dumps(value)}")
    return "\n".join(lines) + "\n"


def texts(values: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """A file for each of these."""
    return {name: written(each) for name, each in values.items()}


def holds(found: Mapping[str, Any], written: Mapping[str, Mapping[str, Any]], unset: Mapping[str, Any]) -> None:
    """Assert that each file was read as it is written."""
    for name, values in written.items():
        assert "values" in found[name], found[name]
        expected = {**unset, **values, "WORD": word()}
        assert json.dumps(found[name]["values"], sort_keys=True) == json.dumps(expected, sort_keys=True), name


@must("CONFIG-g11", kills="config_yaml_is_lines")
def test_a_file_of_yaml_is_read(yaml: Target) -> None:
    holds(read(yaml, texts(SCALARS), scalars=True), SCALARS, SCALARS_UNSET)


@must("CONFIG-16", kills="config_yaml_is_lines")
def test_lists_and_mappings_of_yaml_are_read(yaml: Target) -> None:
    holds(read(yaml, texts(VALUES)), VALUES, UNSET)


@must("CONFIG-16", kills="config_yml_is_lines")
def test_a_file_with_the_short_suffix_is_yaml(yaml: Target) -> None:
    holds(read(yaml, texts(VALUES), suffix=".yml"), VALUES, UNSET)


PYTHON = "tag:yaml.org,2002:python/"


def refused() -> dict[str, str]:
    """Files that are an error at the line BEFORE + 1, or in it alone."""
    head = "#\n" * BEFORE
    return {
        "a function called": head + f"WORD: !!python/object/apply:config_yaml.call [{word()}]\n",
        "a module's name": head + f"WORD: !!python/name:config_yaml.{word()}\n",
        "a function called by its whole tag": f"{head}WORD: !<{PYTHON}object/apply:config_yaml.call> [{word()}]\n",
        "an object made": head + f"WORD: !!python/object/new:config_yaml.call [{word()}]\n",
        "a tuple": head + f"ITEMS: !!python/tuple [{word()}]\n",
        "another tag": head + f"WORD: !own {word()}\n",
        "another tag in a list": head + f"ITEMS: [!own {word()}]\n",
        "bytes": head + f"WORD: !!binary {base64.b64encode(word().encode()).decode()}\n",
        "a set": head + f"PARTS: !!set {{{word()}}}\n",
        "pairs": head + f"PARTS: !!omap [{word()}: a]\n",
        "no YAML": head + f"WORD: [{word()}}}\n",
        "a name given twice": f"WORD: {word()}\n" + "#\n" * (BEFORE - 1) + f"WORD: {word()}\n",
        "a name given twice, once quoted": f"WORD: {word()}\n" + "#\n" * (BEFORE - 1) + f'"WORD": {word()}\n',
        "a name given twice within": "PARTS:\n  a: b\n" + "#\n" * (BEFORE - 2) + f"  a: {word()}\n",
        "an alias": f"ITEMS: &items [1]\nWORD: {word()}\n" + "#\n" * (BEFORE - 2) + "PARTS: {a: *items}\n",
    }


@must(
    "CONFIG-16",
    kills=(
        "config_yaml_runs_what_it_says",
        "config_yaml_broken_in_no_line",
        "config_yaml_takes_aliases",
        "config_yaml_of_other_types",
        "config_yaml_names_twice_within",
    ),
)
def test_what_is_no_plain_yaml_is_an_error_with_its_line(yaml: Target) -> None:
    found = read(yaml, refused())
    for name, told in found.items():
        assert told["run"] == [], name
        assert "ValueError" in told.get("types", []), f"{name}: {told}"
        assert str(BEFORE + 1) in told["message"], f"{name}: {told}"
        assert word() not in told["message"], f"{name}: {told}"


@must(
    "CONFIG-16",
    kills=(
        "config_yaml_of_any_kind_is_empty",
        "config_yaml_that_is_false_is_empty",
        "config_yaml_that_is_no_mapping_in_line_1",
    ),
)
def test_what_is_no_mapping_is_an_error_with_its_line(yaml: Target) -> None:
    head = "#\n" * BEFORE
    others = {
        "a list": f"- {word()}\n",
        "a text": f"{word()}\n",
        "a number": "5\n",
        "numbers by name": "1: 2\n",
        "zero": "0\n",
        "false": "false\n",
        "an empty text": "''\n",
        "an empty list": "[]\n",
        "null": "null\n",
    }
    found = read(yaml, {name: head + text for name, text in others.items()})
    for name, told in found.items():
        assert "ValueError" in told.get("types", []), f"{name}: {told}"
        assert str(BEFORE + 1) in told["message"], f"{name}: {told}"
        assert word() not in told["message"], f"{name}: {told}"


@must("CONFIG-16", kills="config_yaml_without_library_unsaid")
@pytest.mark.parametrize("suffix", [".yaml", ".yml"])
def test_without_the_library_the_error_says_what_to_install(target: Target, suffix: str) -> None:
    told = target.probe("config_yaml", "without_library", text=f"WORD: {word()}\n", suffix=suffix).value
    assert "pip install pyyaml" in told.get("message", "").lower(), told
