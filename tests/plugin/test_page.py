"""The implementation `page`, the reference with one freedom of each group: it conforms at its level, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.contract.requirement import Level, load
from tests.plugin.test_run import judge, token

__all__ = ["token"]

CHAPTERS = ("CONFIG", "ENV", "ROUTE", "TIME")


def requirements(level: Level, *chapters: str) -> list[str]:
    """The options that choose the requirements of a level, of some chapters."""
    ids = [each.id for each in load() if level.holds(each.source) and each.chapter in chapters]
    return [option for each in ids for option in ("--requirement", each)]


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_implementation_page_conforms_at_its_level(token: str, tmp_path: Path, seed: str) -> None:
    part = ["--backend", "flask", "--mode", "sync", *requirements(Level.PAGE, *CHAPTERS)]
    code, output = judge(token, tmp_path / "report.json", "--implementation", "page", "--seed", seed, *part, "-n", "2")
    assert code == 0, output
    [line] = [line for line in output.splitlines() if line.startswith("flask-sync with ")]
    assert all(f"{group}_" in line for group in ("errors", "headers", "json", "settings"))


def test_the_implementation_page_does_not_conform_beyond_its_level(token: str, tmp_path: Path) -> None:
    part = ["--backend", "flask", "--mode", "sync", "--requirement", "CONFIG-17", "--replays", "0"]
    code, output = judge(token, tmp_path / "report.json", "--implementation", "page", "--seed", "1", *part)
    assert code == 1, output
