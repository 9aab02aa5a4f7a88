"""Tests of the order of requirement ids."""

from __future__ import annotations

import pytest

from conformance.foundation.requirement_ids import sort_key


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [("HOOK-3", "HOOK-10a"), ("ROUTE-1a", "ROUTE-1b"), ("HOOK-1", "HOOK-1a"), ("HOOK-10", "ROUTE-1a")],
)
def test_ids_sort_by_chapter_then_number_then_letter(smaller: str, larger: str) -> None:
    assert sort_key(smaller) < sort_key(larger)


def test_texts_that_are_no_ids_can_be_put_in_order_too() -> None:
    assert sorted(["HOOK-1", "7", "", "HOOK"], key=sort_key) == ["", "7", "HOOK", "HOOK-1"]
