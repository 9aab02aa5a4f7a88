"""What stands for a parameter's default where that is no plain value: none at all, or one made for each request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final


class Unset:
    """The absence of a default, where None is a possible one."""

    def __repr__(self) -> str:
        return "unset"


UNSET: Final = Unset()


@dataclass(frozen=True)
class Made:
    """A default that is made anew for each request that needs it."""

    make: Callable[[], Any]
