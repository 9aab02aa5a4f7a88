"""Finds the class that a path lies below, where no endpoint answers it (API-g42, RESPONSE-g7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic

from utilmeta.core.routing.segment import Segment
from utilmeta.core.routing.table import Answer, Place, grow


class Prefixes(Generic[Answer]):
    """Finds the answer of the longest prefix of a path. It is built once, then only read.

    Of prefixes of one length a fixed segment goes before a template, as in a route table.
    """

    def __init__(self) -> None:
        self.tree: Place[Answer] = Place()

    def add(self, segments: Sequence[Segment | str], answer: Answer) -> None:
        """Add an answer at a prefix, unless there is one already."""
        place, names = grow(self.tree, segments)
        place.methods.setdefault("", (names, answer))

    def find(self, segments: Sequence[str]) -> tuple[Answer, dict[str, str]] | None:
        """Return the answer for a path, with the values of its prefix's template names, or None.

        Each node of the tree is visited once at most.
        """
        found: tuple[Answer, dict[str, str]] | None = None
        level: list[tuple[Place[Answer], tuple[str, ...]]] = [(self.tree, ())]
        for segment in (*segments, None):
            for place, values in level:
                if place.methods:
                    names, answer = place.methods[""]
                    found = answer, dict(zip(names, values, strict=True))
                    break
            if segment is None or not level:
                break
            level = [
                (following, (*values, *taken)) for place, values in level for following, taken in below(place, segment)
            ]
        return found


def below(place: Place[Answer], segment: str) -> Iterator[tuple[Place[Answer], tuple[str, ...]]]:
    """Yield the nodes that a segment leads to, with the values that it gives, the fixed one first."""
    following = place.fixed.get(segment)
    if following is not None:
        yield following, ()
    for match, following in place.patterns.values():
        taken = match(segment)
        if taken is not None:
            yield following, taken
    if place.bare is not None:
        yield place.bare, (segment,)
