"""Defaults of parameters that are no plain values: none at all, and one that is made for each request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final


class Unset:
    """Type of UNSET, which stands for a missing default or value where None is a possible one."""

    def __repr__(self) -> str:
        return "unset"


UNSET: Final = Unset()


@dataclass(frozen=True)
class DefaultFactory:
    """Default that a factory makes anew for each request that needs it."""

    make: Callable[[], Any]
