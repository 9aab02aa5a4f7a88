"""The time that a call has: one deadline for all of it, whatever the library's own timeouts mean (CLIENT-4)."""

from __future__ import annotations

import asyncio
import contextlib
import math
import socket
import sys
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from datetime import timedelta
from time import monotonic
from typing import Any

LONGEST = 2_000_000.0  # seconds, some 23 days, and about what a socket can be given


class Deadline:
    """When the time of a call is over, counted from ``begun`` or now; ``seconds`` None is never.

    What is longer than LONGEST is that long.
    """

    __slots__ = ("ends", "seconds", "sock")

    def __init__(self, seconds: float | None, begun: float | None = None) -> None:
        self.seconds = seconds
        self.ends = math.inf if seconds is None else (monotonic() if begun is None else begun) + min(seconds, LONGEST)
        self.sock: Any = None

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return monotonic() >= self.ends

    def left(self) -> float | None:
        """The seconds that are left, for a socket; None where there is no end. Raises TimeoutError."""
        if self.ends == math.inf:
            return None
        left = self.ends - monotonic()
        if left <= 0:
            raise TimeoutError("the time of the call is over")
        return left

    def bound(self, sock: Any) -> None:
        """Let the next operation of a socket have what is left. Raises TimeoutError."""
        self.sock = sock
        left = self.left()
        if left != sock.gettimeout():
            sock.settimeout(left)

    def end(self) -> None:
        """End the time now, also for a thread that waits for the socket."""
        self.ends = -math.inf
        if self.sock is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # of a TLS socket too


current: ContextVar[Deadline] = ContextVar("deadline of the call")
"""The deadline of the call that runs here; the connections of synchronous libraries read it before each read."""


async def within(deadline: Deadline, function: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
    """Await a function, and cancel it when the time is over. Raises TimeoutError then."""
    left = deadline.left()
    if left is None:
        return await function(*arguments)
    if sys.version_info >= (3, 11):  # without a task of its own
        async with asyncio.timeout(left):
            return await function(*arguments)
    return await asyncio.wait_for(function(*arguments), left)


def seconds_of(timeout: Any, label: str) -> float | None:
    """Return a timeout in seconds: that of a number or a timedelta, None for None. Raises TypeError and ValueError."""
    if timeout is None:
        return None
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float, timedelta)):
        raise TypeError(f"{label} is a number of seconds or a timedelta, not {timeout!r}")
    seconds = timeout.total_seconds() if isinstance(timeout, timedelta) else timeout
    if not 0 < seconds < math.inf:
        raise ValueError(f"{label} is more than no time and less than all, not {timeout!r}")
    return float(min(seconds, LONGEST))


def given_up(function: Callable[[], Any], deadline: Deadline) -> Any:
    """Call a function that knows no timeout in a thread, and leave it there when the time is over.

    Raises what the function raises, and TimeoutError.
    """
    left = deadline.left()
    if left is None:
        return function()
    from queue import Empty, SimpleQueue
    from threading import Thread

    told: SimpleQueue[tuple[Any, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            told.put((function(), None))
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            told.put((None, error))

    Thread(target=run, daemon=True, name="utilmeta-client").start()
    try:
        value, error = told.get(timeout=left)
    except Empty:
        raise TimeoutError("the time of the call is over") from None
    if error is not None:
        raise error
    return value
