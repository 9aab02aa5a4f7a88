"""Figures of the levels, and the exit code that follows."""

from __future__ import annotations

from dataclasses import replace

from conformance.judging.verdict import Outcome
from matrix.header import Header, Selection
from matrix.levels import exit_code, figures, missing_promises
from tests.matrix.samples import header, report, verdict

NAMES = ["HOOK-1", "HOOK-2", "HOOK-3"]


def with_guides(about: Header, *names: str) -> Header:
    requirements = {
        name: replace(entry, source="g") if name in names else entry for name, entry in about.requirements.items()
    }
    return replace(about, requirements=requirements)


def test_each_level_counts_those_before_it_and_the_run_counts_none_above_its_own() -> None:
    about = with_guides(header(["flask-sync"], NAMES, page=["HOOK-1"]), "HOOK-2")
    found = (verdict("HOOK-1", "flask-sync"), verdict("HOOK-2", "flask-sync"))
    assert list(map(str, figures(about, found))) == ["page 1/1", "guides 2/2", "full 2/3"]
    assert list(map(str, figures(replace(about, level="page"), found))) == ["page 1/1"]


def test_a_requirement_is_kept_where_all_its_verdicts_are_passed() -> None:
    about = header(["flask-sync", "sanic-sync"], NAMES, page=NAMES)
    found = (
        *(verdict("HOOK-1", variant) for variant in ("flask-sync", "sanic-sync")),
        verdict("HOOK-2", "flask-sync"),
        verdict("HOOK-2", "sanic-sync", Outcome.KNOWN),
    )
    assert str(figures(about, found)[0]) == "page 1/3"
    assert str(figures(about, found, "flask")[0]) == "page 2/3"
    assert str(figures(about, found, "sanic")[0]) == "page 1/3"


def test_what_no_judged_variant_can_show_counts_unless_it_was_not_selected() -> None:
    about = header(["flask-sync"], NAMES, page=NAMES, applies=["tornado-async"])
    assert str(figures(about, ())[0]) == "page 0/3"
    assert str(figures(about, (), "flask")[0]) == "page 0/0"
    for chosen in (Selection(backends=("flask",)), Selection(modes=("sync",))):
        assert str(figures(replace(about, selection=chosen), ())[0]) == "page 0/0"


def test_the_page_is_not_kept_without_what_it_needs_on_a_judged_backend() -> None:
    needs = {"HOOK-2": ("redis",), "HOOK-3": ("redis",)}
    about = header(
        ["flask-sync"], NAMES, page=["HOOK-1", "HOOK-2"], needs=needs, not_offered=(("redis",), ("tornado",))
    )
    found = report(verdict("HOOK-1", "flask-sync"), about=about)
    assert missing_promises(about) == ["HOOK-2"]
    assert exit_code(about, found.footer.counts) == found.footer.exit_code == 1
    elsewhere = {name: replace(entry, variants=("tornado-sync",)) for name, entry in about.requirements.items()}
    assert missing_promises(replace(about, requirements=elsewhere)) == []


def test_a_feature_of_which_the_page_says_nothing_may_be_left_out() -> None:
    about = header(["flask-sync"], NAMES, page=["HOOK-1"], needs={"HOOK-2": ("redis",)}, not_offered=(("redis",), ()))
    found = report(verdict("HOOK-1", "flask-sync"), verdict("HOOK-3", "flask-sync"), about=about)
    assert found.footer.exit_code == 0
