"""What of the contract a run judges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.contract.requirement import Contract, Level, parse
from conformance.judging.selection import Selection
from conformance.target import implementation

CONTRACT = Contract(
    parse(
        "- CACHE-1 MUST p  A. [needs: redis]\n- CACHE-2 MUST g  B.\n- CACHE-3 MUST r  C. [needs: orm|redis]\n"
        "- HOOK-1 MUST p  D.\n",
        "here",
    )
)


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [
        (Selection(), {"CACHE-1", "CACHE-2", "CACHE-3", "HOOK-1"}),
        (Selection(level=Level.PAGE), {"CACHE-1", "HOOK-1"}),
        (Selection(level=Level.GUIDES), {"CACHE-1", "CACHE-2", "HOOK-1"}),
        (Selection(level=Level.PAGE, requirements=("CACHE",)), {"CACHE-1"}),
        (Selection(level=Level.PAGE, requirements=("CACHE-3",)), set()),
    ],
)
def test_a_level_selects_by_source_and_holds_those_before_it(selection: Selection, chosen: set[str]) -> None:
    assert selection.requirement_ids(CONTRACT) == chosen


@pytest.mark.parametrize(
    ("offers", "judged"), [({"orm"}, {"CACHE-2", "CACHE-3", "HOOK-1"}), ({"client"}, {"CACHE-2", "HOOK-1"})]
)
def test_what_needs_a_feature_that_is_not_offered_is_selected_and_not_judged(
    offers: set[str], judged: set[str]
) -> None:
    without = replace(implementation.find("reference"), offers=frozenset(offers))
    assert Selection().requirement_ids(CONTRACT) == {"CACHE-1", "CACHE-2", "CACHE-3", "HOOK-1"}
    assert Selection().offered_ids(CONTRACT, without) == judged
    assert Selection().offered_ids(CONTRACT, implementation.find("reference")) == Selection().requirement_ids(CONTRACT)


@pytest.mark.parametrize(
    "selection", [Selection(level=Level.PAGE), Selection(modes=("sync",)), Selection(checks=("-k it",))]
)
def test_each_option_that_leaves_something_out_makes_a_run_partial(selection: Selection) -> None:
    assert selection.partial
    assert not Selection().partial
