"""The time that a call has: one deadline for all of it, whatever the library's own timeouts mean (CLIENT-4)."""

from __future__ import annotations

import asyncio
import contextlib
import math
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar
from datetime import timedelta
from time import monotonic
from typing import Any

from utilmeta.core.cli.transport.limits import CONNECT, NO_LIMITS, READ, Limits


class Deadline:
    """When the time of a call is over, counted from ``begun`` or now; ``seconds`` None is never.

    ``missed`` is the name of the limit within it that the last wait has, None where it is that of the whole call.
    """

    __slots__ = ("connected_by", "ends", "limits", "missed", "seconds", "sock")

    def __init__(self, seconds: float | None, begun: float | None = None, limits: Limits = NO_LIMITS) -> None:
        self.seconds = seconds
        self.limits = limits
        self.ends = math.inf if seconds is None else (monotonic() if begun is None else begun) + seconds
        self.connected_by = math.inf
        self.missed: str | None = None
        self.sock: Any = None

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return monotonic() >= self.ends

    def sooner(self, seconds: float | None) -> Deadline:
        """Return the deadline of a part that has so many seconds from now, this one where it ends before that."""
        part = Deadline(seconds, limits=self.limits)
        return part if part.ends < self.ends else self

    def left(self) -> float | None:
        """The seconds that are left, for a socket; None where there is no end. Raises TimeoutError."""
        ends, self.missed = self.ends, None
        if self.connected_by < ends:
            ends, self.missed = self.connected_by, CONNECT
        if ends == math.inf:
            return None
        left = ends - monotonic()
        if left <= 0:
            raise TimeoutError("the time of the call is over")
        return left

    @contextlib.contextmanager
    def connecting(self, until: float | None = None) -> Iterator[float]:
        """Let what is done within it have the limit of connecting, from now or ``until`` a time, which it gives."""
        if until is None:
            until = math.inf if self.limits.connect is None else monotonic() + self.limits.connect
        self.connected_by = until
        try:
            yield until
        finally:
            self.connected_by = math.inf

    def bound(self, sock: Any, longest: float | None = None) -> None:
        """Let the next operation of a socket have what is left, and no more than ``longest``, the limit of a read.

        Raises TimeoutError.
        """
        self.sock = sock
        left = self.left()
        if longest is not None and (left is None or longest < left):
            left, self.missed = longest, READ
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
    seconds = timeout.total_seconds() if isinstance(timeout, timedelta) else float(timeout)
    if not 0 < seconds < math.inf:
        raise ValueError(f"{label} is more than no time and less than all, not {timeout!r}")
    return seconds


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
