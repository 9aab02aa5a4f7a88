"""Files of variables in YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from utilmeta.conf import variable_file


def read(folder: Path, text: str, suffix: str = ".yaml") -> dict[str, Any]:
    file = folder / f"variables{suffix}"
    file.write_text(text)
    return variable_file.read(file)


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".YAML"])
def test_values_are_those_of_yaml(tmp_path: Path, suffix: str) -> None:
    text = "A: text\nB: 0\nC: [1, false, null]\nD: {a: ''}\n# a comment\n"
    assert read(tmp_path, text, suffix) == {"A": "text", "B": 0, "C": [1, False, None], "D": {"a": ""}}


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_a_file_of_nothing_has_no_variables(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A: 1\nB: !!python/object/apply:os.system [hidden]\n", 2),
        ("A: 1\nB: !own hidden\n", 2),
        ("A: 1\nB: [hidden\n\n", 4),
        ("A: hidden\nB: 1\nA: hidden\n", 3),
        ("A: {a: hidden, a: 2}\n", 1),
        ("A: &hidden [1]\nB: *hidden\n", 2),
        ("A: 1\nB: !!binary aGlkZGVu\n", 2),
        ("A: 1\nB: !!set {hidden}\n", 2),
        ("A: 1\nB: !!omap [hidden: 1]\n", 2),
        ("# a comment\n- hidden\n", 2),
        ("A: 1\n2: hidden\n", 2),
        ("# a comment\nnull\n", 2),
        ("1: hidden\n", 1),
        ("A: " + "[" * 5000 + "]" * 5000, 1),
    ],
)
def test_what_is_no_plain_mapping_is_an_error_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(ValueError, match=rf"variables\.yaml, line {line}: ") as raised:
        read(tmp_path, text)
    assert "hidden" not in str(raised.value).replace(str(tmp_path), "")
