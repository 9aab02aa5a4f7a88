"""The page for who comes from UtilMeta."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from conformance.__main__ import main
from conformance.contract.guides import Fact, Guides
from conformance.contract.requirement import Contract, parse
from conformance.judging.coming_from import page
from conformance.judging.ledger import Entry, Explanation, Ledger

PAGE = Path(__file__).parents[2] / "docs" / "coming-from-utilmeta.md"
CONTRACT = Contract(
    tuple(parse("- API-1 MUST p  It is.\n- API-2 MUST g  It is, too.\n- API-3 MUST r  And so is it.\n", "api.md"))
)
GUIDES = Guides(
    (
        Fact("API-g1", "API", ("API-2",)),
        Fact("API-g2", "API", says="A | b.", ours="C."),
        Fact("CLI-g1", "CLI", ("API-2",), says="D.", waits="e"),
    ),
    {"FILE": "files"},
)


def ledger(*causes: tuple[str, str]) -> Ledger:
    expires = datetime.date(2030, 1, 1)
    entries = (Entry(requirement, "status", Explanation(why, "", expires)) for requirement, why in causes)
    return Ledger(Path("x.toml"), tuple(entries))


def test_the_page_of_the_documentation_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coming-from-utilmeta"]) == 0
    assert capsys.readouterr().out == PAGE.read_text(encoding="utf-8"), "python -m conformance coming-from-utilmeta"


def test_the_page_counts_facts_and_sorts_causes_by_what_documents_them() -> None:
    one, two, three = "It does not. The page promises otherwise.", "Nor that. A guide promises otherwise.", "Nor this."
    newest = ledger(("API-1", one), ("API-3", one), ("API-2", two), ("API-3", three))
    made = page(CONTRACT, GUIDES, newest, ledger(("API-2", two)))
    assert "| API | 2 | 1 | 1 | 0 |\n| CLI | 1 | 0 | 0 | 1 |\n| all | 3 | 1 | 1 | 1 |" in made
    assert "| API-g2 | A \\| b. | C. |" in made
    assert "| CLI-g1 | D. | e |" in made
    _, of_the_page, of_the_guides = made.split("### ")
    assert "| It does not. | API-1 | newer frameworks |" in of_the_page
    assert "| Nor that. | API-2 |  |" in of_the_guides
    assert made.endswith(
        "1 further causes break readings of this contract alone, which UtilMeta's documentation leaves open.\n"
    )
