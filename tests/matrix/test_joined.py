"""Reports of several runs as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.judging.verdict import Outcome
from matrix.errors import NotOfOneKind, TwoVerdicts
from matrix.header import Selection
from matrix.joined import join
from matrix.levels import figures
from matrix.report import Report
from tests.matrix.samples import FINISHED, header, report, verdict

EARLIER = "2026-11-21T10:00:00+00:00"


def part(variant: str, outcome: Outcome = Outcome.PASSED, started: str = FINISHED) -> Report:
    """The report of a run of one variant."""
    backend, _, mode = variant.partition("-")
    about = header([variant], ["HOOK-2"], Selection((backend,), (mode,)), started, page=["HOOK-2"])
    return report(verdict("HOOK-2", variant, outcome), about=about)


def test_all_verdicts_variants_and_times_are_in_it() -> None:
    whole = join([part("flask-sync"), part("sanic-async", Outcome.FAILED, EARLIER)])
    assert [str(stamp) for stamp in whole.header.variants] == ["flask-sync", "sanic-async"]
    assert [each.outcome for each in whole.verdicts] == [Outcome.PASSED, Outcome.FAILED]
    assert (whole.header.started, whole.footer.finished, whole.footer.seconds) == (EARLIER, FINISHED, 120)
    assert whole.header.selection == Selection(("flask", "sanic"), ("async", "sync"))
    assert list(map(str, figures(whole.header, whole.verdicts))) == ["page 0/1", "guides 0/1", "full 0/1"]


def test_a_variant_may_not_be_in_two_of_them() -> None:
    with pytest.raises(TwoVerdicts):
        join([part("flask-sync"), part("flask-sync")])


def test_they_are_of_one_implementation_contract_level_and_python() -> None:
    other = part("sanic-async")
    for member, about in (
        ("level", replace(other.header, level="guides")),
        ("python", replace(other.header, python="3.14.0")),
    ):
        with pytest.raises(NotOfOneKind, match=member):
            join([part("flask-sync"), replace(other, header=about)])
