"""Graceful stop of a threaded server: on SIGTERM and SIGINT, after requests in flight are answered (HOOK-9)."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

# Seconds that a connection accepted just before the stop has to become a request.
ACCEPTED = 0.1


class Stop:
    """Stops ``count`` servers at a signal, and counts requests in flight.

    A server is known once it is in ``servers``.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.servers: set[Any] = set()
        self.asked = False
        self.flying = 0
        self.changed = threading.Condition()

    def ask(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal: tell the servers to shut down, and return without waiting for that.

        Before every server is known, or at a second signal, the main thread is interrupted instead.
        """
        if self.asked or len(self.servers) < self.count:
            raise KeyboardInterrupt
        self.asked = True
        for server in self.servers:
            # In a thread: the server loop that this handler interrupts must go on to notice.
            threading.Thread(target=server.shutdown, daemon=True).start()

    def enter(self) -> None:
        """Count a request that begins."""
        with self.changed:
            self.flying += 1

    def leave(self) -> None:
        """Count a request that ends."""
        with self.changed:
            self.flying -= 1
            self.changed.notify_all()

    def wait(self, timeout: float) -> None:
        """Return when no request is in flight, or after ``timeout`` seconds."""
        self.asked = True
        time.sleep(ACCEPTED)
        with self.changed:
            self.changed.wait_for(lambda: not self.flying, timeout)


@contextmanager
def interrupted_by_termination() -> Iterator[None]:
    """Context manager in which SIGTERM raises KeyboardInterrupt, unless it has another handler (HOOK-5)."""
    ours = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if ours:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        if ours and signal.getsignal(signal.SIGTERM) is signal.default_int_handler:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
