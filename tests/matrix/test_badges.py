"""Badges for shields.io."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from conformance.judging.verdict import Outcome
from matrix.badges import badges, write
from matrix.header import Selection
from tests.matrix.samples import header, report, verdict

P, K, W, U, F = Outcome.PASSED, Outcome.KNOWN, Outcome.WARNED, Outcome.UNVERIFIED, Outcome.FAILED
NAMES = ["HOOK-1", "HOOK-2", "HOOK-3"]


def badge_of(*outcomes: Outcome, selection: Selection | None = None) -> dict[str, str | int]:
    names = NAMES[: len(outcomes)]
    found = [verdict(name, "flask-sync", outcome) for name, outcome in zip(names, outcomes, strict=True)]
    return badges(report(*found, about=header(["flask-sync"], names, selection, page=NAMES[:1])))["flask"]


def test_a_badge_is_what_shields_wants() -> None:
    assert badge_of(P, P) == {
        "schemaVersion": 1,
        "label": "utilmeta on flask",
        "message": "page 1/1 · full 2/2 · 0.1.0 · 2026-11-22",
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
    assert f" · full {outcomes.count(P)}/{len(outcomes)} · " in str(badge["message"])


def test_a_badge_of_the_page_has_its_figure_alone_and_is_green() -> None:
    about = header(["flask-sync"], NAMES[:1], level="page", page=NAMES)
    badge = badges(report(verdict("HOOK-1", "flask-sync"), about=about))["flask"]
    assert (badge["message"], badge["color"]) == ("page 1/1 · 0.1.0 · 2026-11-22", "brightgreen")


def test_without_a_feature_that_the_page_promises_on_the_backend_a_badge_is_not_green() -> None:
    about = header(["flask-sync"], NAMES[:2], page=NAMES, needs={"HOOK-2": ("orm",)}, not_offered=(("orm",), ()))
    badge = badges(report(verdict("HOOK-1", "flask-sync"), about=about))["flask"]
    assert (badge["message"], badge["color"]) == ("page 1/2 · full 1/2 · 0.1.0 · 2026-11-22", "red")


def test_both_modes_of_a_backend_share_its_badge_and_no_other_backend_does() -> None:
    about = header(["flask-sync", "flask-async", "sanic-async"], NAMES[:2], page=NAMES)
    names = {**about.requirements, "HOOK-2": replace(about.requirements["HOOK-2"], variants=("flask-sync",))}
    about = replace(about, requirements=names)
    found = [verdict("HOOK-1", "flask-sync"), verdict("HOOK-1", "flask-async", F), verdict("HOOK-1", "sanic-async")]
    found += [verdict("HOOK-2", "flask-sync")]
    made = badges(report(*found, about=about))
    assert {name: (badge["message"], badge["color"]) for name, badge in made.items()} == {
        "flask": ("page 1/2 · full 1/2 · 0.1.0 · 2026-11-22", "red"),
        "sanic": ("page 1/1 · full 1/1 · 0.1.0 · 2026-11-22", "brightgreen"),
    }


@pytest.mark.parametrize(
    "selection", [Selection(requirements=("HOOK-1",)), Selection(modes=("sync",)), Selection(checks=("-k it",))]
)
def test_a_run_of_a_part_of_the_contract_is_never_green(selection: Selection) -> None:
    badge = badge_of(P, selection=selection)
    assert (badge["message"], badge["color"]) == (
        "page 1/1 · full 1/1 of a part · 0.1.0 · 2026-11-22",
        "lightgrey",
    )
    assert badge_of(F, selection=selection)["color"] == "red"


@pytest.mark.parametrize("selection", [Selection(backends=("flask",)), Selection(modes=("async", "sync"))])
def test_a_run_of_one_backend_in_both_modes_is_the_whole_contract_for_it(selection: Selection) -> None:
    assert badge_of(P, selection=selection)["color"] == "brightgreen"


def test_one_file_a_backend_is_written(tmp_path: Path) -> None:
    said = report(verdict("HOOK-2", "flask-sync"), verdict("HOOK-2", "sanic-async"))
    files = write(said, tmp_path / "a" / "badges")
    assert [file.relative_to(tmp_path).as_posix() for file in files] == ["a/badges/flask.json", "a/badges/sanic.json"]
    assert {file.stem: json.loads(file.read_text("utf-8")) for file in files} == badges(said)
