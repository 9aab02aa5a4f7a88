"""The order of requirement ids."""

from __future__ import annotations

import re


def sort_key(identifier: str) -> tuple[str | int, ...]:
    """Sort key that reads numbers as numbers: HOOK-3 before HOOK-10a, HOOK-10a before HOOK-10b."""
    return tuple(int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", identifier))
