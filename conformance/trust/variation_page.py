"""Markdown page of the permitted variations: what each of them leaves free, and at which level."""

from __future__ import annotations

from collections.abc import Iterable

from conformance.foundation.requirement_ids import sort_key
from conformance.trust.variation import Variation

_HEAD = """\
# What is free

What an implementation may do in another way than the reference, and still conforms at the level that is named:
[page, guides or full](judging.md#levels). `nox -s variations` makes the reference do each of these. No check may fail
for it but those of the requirements in the last column, which are all of higher levels. What the last whole run found
is in `reports/variations.json`. This page was printed by

    python -m conformance variations

| variation | what is free | level | breaks |
|---|---|---|---|
"""


def page(variations: Iterable[Variation]) -> str:
    """Return the whole page."""
    return _HEAD + "".join(map(_row, sorted(variations, key=lambda each: each.name)))


def _row(variation: Variation) -> str:
    broken = "any of a higher level" if variation.above else ", ".join(sorted(variation.breaks, key=sort_key))
    freedom = variation.freedom.replace("|", "\\|")
    return f"| `{variation.name}` | {freedom} | {variation.level} | {broken} |\n"
