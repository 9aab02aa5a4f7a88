"""Deadlines of everything the harness waits for, in seconds. They are generous: a missed deadline is a verdict."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

PREPARE = 60.0
START = 20.0
ANSWER = 10.0
STOP = 20.0
PROBE = 20.0
HURRIED = {ANSWER: 3.0, START: 8.0}
"""What is waited in place of these within `hurried()`: still a hundred times what an answer or a start takes."""

_hurried = False


@contextmanager
def hurried() -> Iterator[None]:
    """Context manager: wait less long (HURRIED), where what is waited for has not come before, or is broken on purpose.

    It holds for the process; contexts do not nest.
    """
    global _hurried
    _hurried = True
    try:
        yield
    finally:
        _hurried = False


def allowed(seconds: float) -> float:
    """Return how long is waited where so many seconds are asked for."""
    return HURRIED.get(seconds, seconds) if _hurried else seconds


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
