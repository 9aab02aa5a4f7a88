"""The values that most checks send: drawn from the run's seed when they are asked for, so no answer is known before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from conformance.foundation import seeded_random

Item = TypeVar("Item")


def word() -> str:
    """A letter and some hexadecimal digits: fit for a name, a path's segment, a header's value."""
    return f"w{seeded_random.word(12)}"


def number() -> int:
    """A number of nine digits."""
    return 10**8 + seeded_random.below(9 * 10**8)


def chosen(items: Sequence[Item]) -> Item:
    """One of several."""
    return items[seeded_random.below(len(items))]


def identifier(value: int) -> str:
    """The UUID of a number."""
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
