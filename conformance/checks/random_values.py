"""Values that checks send, drawn from the run's seed when they are asked for, so that no answer can be known before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from conformance.foundation import seeded_random

Item = TypeVar("Item")


def word() -> str:
    """A letter and twelve hexadecimal digits: valid as a name, a segment of a path, a header's value."""
    return f"w{seeded_random.word(12)}"


def number() -> int:
    """A whole number of nine digits."""
    return 10**8 + seeded_random.below(9 * 10**8)


def chosen(items: Sequence[Item]) -> Item:
    """One item of several."""
    item = items[seeded_random.below(len(items))]
    if isinstance(item, (str, int)):
        seeded_random.remember(str(item))
    return item


def identifier(value: int) -> str:
    """UUID of a number."""
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
