"""Time limits of connections whose client sends nothing, for servers on an event loop (SECURITY-6a)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

__all__ = ["Patience", "inf", "watch"]


@dataclass(frozen=True)
class Patience:
    """Time limits in seconds: for the rest of a request's head, and for the next bytes of its body."""

    head: float
    body: float

    @property
    def interval(self) -> float:
        """Seconds between two checks, by which a connection may be closed too late."""
        return min(self.head, self.body, 4) / 4


def watch(connections: Callable[[], Iterable[Any]], patience: Patience) -> None:
    """Close overdue connections, at intervals, as long as the running loop runs.

    Each connection has a time ``due``, and a method ``give_up`` that is called after it. One check of all connections
    now and then costs less than a timer for each, which every request would set anew.
    """
    loop = asyncio.get_running_loop()

    def look() -> None:
        now = loop.time()
        for connection in [each for each in connections() if getattr(each, "due", inf) <= now]:
            connection.give_up(now)
        loop.call_later(patience.interval, look)

    loop.call_later(patience.interval, look)
