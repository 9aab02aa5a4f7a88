"""The facts of the guides, and the requirements that hold them."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.contract import guides
from conformance.contract.requirement import Contract, ContractError, load, parse

CONTRACT = Contract(
    tuple(parse("- API-1 MUST g  It is.\n- API-2 MUST r  It is, too.\n- API-g3 MUST g  And so is it.\n", "api.md"))
)


def read(folder: Path, text: str) -> guides.Guides:
    file = folder / "facts.toml"
    file.write_text(text)
    return guides.load(file)


def test_every_fact_is_held_and_every_requirement_of_the_guides_is_a_fact() -> None:
    assert guides.load().laws(load()) == []


def test_what_is_said_of_a_fact_is_read(tmp_path: Path) -> None:
    text = """
[API]
g1 = ["API-1", "API-2"]
g2 = { says = "This.", ours = "That." }
g3 = { says = "More.", waits = "files" }
g4 = { kept = ["API-1"], says = "Most.", waits = "files" }
[later]
FILE = "files"
"""
    found = read(tmp_path, text)
    assert [(fact.id, fact.chapter, fact.kept_by, fact.ours, fact.waits) for fact in found.facts] == [
        ("API-g1", "API", ("API-1", "API-2"), "", ""),
        ("API-g2", "API", (), "That.", ""),
        ("API-g3", "API", (), "", "files"),
        ("API-g4", "API", ("API-1",), "", "files"),
    ]
    assert dict(found.later) == {"FILE": "files"}


def test_facts_and_contract_that_disagree_are_told(tmp_path: Path) -> None:
    found = read(tmp_path, '[API]\ng1 = ["API-1", "API-9"]\ng2 = ["API-2"]\n').laws(CONTRACT)
    assert [sentence.split(" ")[0] for sentence in found] == ["API-g1", "API-g2", "API-g3"]
    assert "API-9" in found[0]


@pytest.mark.parametrize(
    "line",
    [
        "g1 = []",
        'g1 = "API-1"',
        "g1 = [1]",
        'g1 = { says = "This." }',
        'g1 = { says = "a", ours = "b", waits = "c" }',
        'g1 = { kept = ["API-1"] }',
        'g1 = { kept = [], says = "a", waits = "b" }',
        'g1 = { kept = "API-1", says = "a", waits = "b" }',
    ],
)
def test_a_line_of_another_form_is_an_error_that_names_it(tmp_path: Path, line: str) -> None:
    with pytest.raises(ContractError, match=r"facts\.toml: API-g1: a line reads"):
        read(tmp_path, f"[API]\n{line}\n")
