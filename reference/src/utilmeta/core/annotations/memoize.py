"""Memoizes what is compiled from annotations, as most of a service's parameters have one of a few types."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

Made = TypeVar("Made")


def once(make: Callable[[Any, str], Made]) -> Callable[[Any, str], Made]:
    """``make`` with its results memoized by annotation; the second argument, ``label``, is for errors alone.

    Two annotations are the same where they are equal and have the same repr: a union in another order differs, and so
    do ``1`` and ``True`` as constraints. For an annotation that cannot be hashed the result is made each time.
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
