"""Connections whose client sends nothing, and how long a server waits for it (SECURITY-6a)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

__all__ = ["Patience", "inf", "watch"]


@dataclass(frozen=True)
class Patience:
    """Seconds for the rest of a request's head, and for the next bytes of its body."""

    head: float
    body: float

    @property
    def interval(self) -> float:
        """How often to look: connections are closed so much later than they might be."""
        return min(self.head, self.body, 4) / 4


def watch(connections: Callable[[], Iterable[Any]], patience: Patience) -> None:
    """Close what is overdue, again and again while the running loop runs.

    Each connection has a time, ``due``, and a method ``give_up`` that is called when that has passed. A look at all of
    them now and then costs less than a timer for each, which every request would set anew.
    """
    loop = asyncio.get_running_loop()

    def look() -> None:
        now = loop.time()
        for connection in [each for each in connections() if getattr(each, "due", inf) <= now]:
            connection.give_up(now)
        loop.call_later(patience.interval, look)

    loop.call_later(patience.interval, look)
