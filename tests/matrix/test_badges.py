"""Badges for shields.io."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conformance.judging.verdict import Outcome
from matrix.badges import badges, write
from matrix.header import Selection
from tests.matrix.samples import header, report, verdict

P, K, W, U, F = Outcome.PASSED, Outcome.KNOWN, Outcome.WARNED, Outcome.UNVERIFIED, Outcome.FAILED
NAMES = ["HOOK-1", "HOOK-2", "HOOK-3"]


def badge_of(*outcomes: Outcome, selection: Selection | None = None) -> dict[str, str | int]:
    found = [verdict(name, "flask-sync", outcome) for name, outcome in zip(NAMES, outcomes, strict=False)]
    return badges(report(*found, about=header(["flask-sync"], NAMES, selection)))["flask"]


def test_a_badge_is_what_shields_wants() -> None:
    assert badge_of(P, P) == {
        "schemaVersion": 1,
        "label": "utilmeta on flask",
        "message": "2/2 · 0.1.0 · 2026-11-22",
        "color": "brightgreen",
    }


@pytest.mark.parametrize(
    ("outcomes", "colour"),
    [
        ((P, P), "brightgreen"),
        ((P, K), "yellow"),
        ((P, W), "yellow"),
        ((K, W), "yellow"),
        ((P, F), "red"),
        ((W, F, U), "red"),
        ((P, U), "lightgrey"),
        ((W, U, K), "lightgrey"),
        ((), "lightgrey"),
    ],
)
def test_the_colour_is_green_only_when_all_passed(outcomes: tuple[Outcome, ...], colour: str) -> None:
    badge = badge_of(*outcomes)
    assert badge["color"] == colour
    assert str(badge["message"]).startswith(f"{outcomes.count(P)}/{len(outcomes)} · ")


def test_both_modes_of_a_backend_share_its_badge_and_no_other_backend_does() -> None:
    about = header(["flask-sync", "flask-async", "sanic-async"], NAMES)
    found = [verdict("HOOK-1", "flask-sync"), verdict("HOOK-1", "flask-async", F), verdict("HOOK-1", "sanic-async")]
    made = badges(report(*found, about=about))
    assert {name: (badge["message"], badge["color"]) for name, badge in made.items()} == {
        "flask": ("1/2 · 0.1.0 · 2026-11-22", "red"),
        "sanic": ("1/1 · 0.1.0 · 2026-11-22", "brightgreen"),
    }


@pytest.mark.parametrize("selection", [Selection(requirements=("HOOK-1",)), Selection(modes=("sync",))])
def test_a_run_of_a_part_of_the_contract_is_never_green(selection: Selection) -> None:
    badge = badge_of(P, selection=selection)
    assert (badge["message"], badge["color"]) == ("1/1 of a part · 0.1.0 · 2026-11-22", "lightgrey")
    assert badge_of(F, selection=selection)["color"] == "red"


@pytest.mark.parametrize("selection", [Selection(backends=("flask",)), Selection(modes=("async", "sync"))])
def test_a_run_of_one_backend_in_both_modes_is_the_whole_contract_for_it(selection: Selection) -> None:
    assert badge_of(P, selection=selection)["color"] == "brightgreen"


def test_one_file_a_backend_is_written(tmp_path: Path) -> None:
    said = report(verdict("HOOK-2", "flask-sync"), verdict("HOOK-2", "sanic-async"))
    files = write(said, tmp_path / "a" / "badges")
    assert [file.relative_to(tmp_path).as_posix() for file in files] == ["a/badges/flask.json", "a/badges/sanic.json"]
    assert {file.stem: json.loads(file.read_text("utf-8")) for file in files} == badges(said)
