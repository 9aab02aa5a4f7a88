"""The page of the permitted variations."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.__main__ import main
from conformance.contract.requirement import Level
from conformance.trust.variation import Variation, discover
from conformance.trust.variation_page import page

PAGE = Path(__file__).parents[2] / "docs" / "variations.md"


def test_the_page_of_the_documentation_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["variations"]) == 0
    assert capsys.readouterr().out == PAGE.read_text(encoding="utf-8"), "python -m conformance variations"


def test_a_row_names_what_is_free_at_which_level_and_what_breaks() -> None:
    breaks = frozenset({"HOOK-10", "HOOK-3b", "HOOK-3"})
    made = Variation("logs_quiet", "logs", Path("quiet.py"), "A `|` is free.", Level.PAGE, breaks, ())
    last = page([made, *discover().values()]).splitlines()
    assert "| `logs_quiet` | A `\\|` is free. | page | HOOK-3, HOOK-3b, HOOK-10 |" in last
