"""What is annotated alike is compiled once: of thousands of parameters most are of a few kinds."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

Made = TypeVar("Made")


def once(make: Callable[[Any, str], Made]) -> Callable[[Any, str], Made]:
    """``make(annotation, label)``, or what it gave for an annotation like this one; ``label`` is for its errors alone.

    Annotations that are equal and yet read otherwise are not alike: a union of the same types in another order, or
    ``1`` and ``True`` as constraints. For one that cannot be compared, as metadata may be, it is made each time.
    """
    made: dict[Any, Made] = {}

    @functools.wraps(make)
    def compiled(annotation: Any, label: str) -> Made:
        alike = (annotation, repr(annotation))
        try:
            known = alike in made
        except TypeError:
            return make(annotation, label)
        if not known:
            made[alike] = make(annotation, label)
        return made[alike]

    return compiled
