"""Deadlines of everything the harness waits for, in seconds. They are generous: a missed deadline is a verdict."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal


class Wait(float):
    """A deadline in seconds, and the shorter ones that hold within `hurried()`.

    `in_vain` is for what was waited for before and did not come, `broken` for what a mutant may not do.
    """

    instead: Mapping[str, float]

    def __new__(cls, seconds: float, **instead: float) -> Wait:
        """Make one of these seconds; `instead` are those by reason."""
        made = super().__new__(cls, seconds)
        made.instead = instead
        return made


PREPARE = 60.0
START = Wait(20.0, broken=8.0)
ANSWER = Wait(10.0, in_vain=3.0)
LOG_LINE = Wait(10.0, in_vain=3.0, broken=3.0)
STOP = 20.0
PROBE = 20.0

_reason = ""


@contextmanager
def hurried(reason: Literal["in_vain", "broken"]) -> Iterator[None]:
    """Context manager: wait less long, for a reason of Wait. It holds for the process; contexts do not nest."""
    global _reason
    _reason = reason
    try:
        yield
    finally:
        _reason = ""


def allowed(seconds: float) -> float:
    """Return how long is waited where so many seconds are asked for."""
    return seconds.instead.get(_reason, seconds) if isinstance(seconds, Wait) else seconds


@dataclass(frozen=True)
class Deadline:
    """Moment on the monotonic clock until which something may be waited for."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Return the deadline that is this many seconds from now; see `hurried`."""
        return cls(time.monotonic() + allowed(seconds))

    @property
    def left(self) -> float:
        """Seconds until the deadline; 0 when it has passed."""
        return max(0.0, self.moment - time.monotonic())

    @property
    def passed(self) -> bool:
        """Whether the deadline has passed."""
        return time.monotonic() >= self.moment


def wait_until(condition: Callable[[], object], seconds: float, pause: float = 0.02) -> bool:
    """Ask for a condition every `pause` seconds until it holds; returns False when `seconds` passed before it did."""
    deadline = Deadline.after(seconds)
    while not condition():
        if deadline.passed:
            return False
        time.sleep(pause)
    return True
