"""One of Django's settings, with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Setting:
    """One of Django's settings, with the place that gives it."""

    name: str
    value: Any = field(repr=False)
    source: str
    """The place that gives the value, as a text for errors: a configuration, a settings module, an argument."""
    over: str = ""
    """The place that gives another value and is overruled; empty where there is none."""

    def agrees(self, other: Setting) -> bool:
        """Whether both have the same value; a list and a tuple of the same items have."""
        mine, others = self.value, other.value
        if isinstance(mine, (list, tuple)) and isinstance(others, (list, tuple)):
            return list(mine) == list(others)
        return bool(mine == others)


Settings = Mapping[str, Setting]
"""Settings by name."""
