"""Stopping of Sanic, which loses or hangs on a signal that comes right after its first answer.

A serving process answers a moment before it can be stopped: until its last startup listener is done it ignores signals,
and a stop ends what its loop runs then. So a Gate holds back the first answers until it can be stopped. The main
process of several, asked to stop while it waits for its workers, waits for ever; and it talks to them from within the
signal handler, in the middle of another message. So it gets a message to stop once every worker serves.
"""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)

# Seconds between two checks whether it serves, and until nothing is checked any more: Sanic's limit for a start.
PATIENCE = 0.005
LIMIT = 30


class Gate:
    """Holds back the first answers; ``closed`` from the startup hooks of a process until its loop runs for good."""

    def __init__(self) -> None:
        self.closed = False

    async def wait(self, application: Any) -> None:
        """Return when the server can be stopped, or after LIMIT."""
        deadline = time.monotonic() + LIMIT
        while not application.state.is_running and time.monotonic() < deadline:
            await asyncio.sleep(PATIENCE)
        self.closed = False


def ignore() -> None:
    """Ignore signals in a process that is stopping, so that a second one changes nothing."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def restore() -> None:
    """Restore Python's own signal handlers, in a process that has served."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def take_over(manager: Any) -> None:
    """Handle signals in the main process of several; called before it starts them."""
    asked = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            manager.shutdown_signal(number, frame)
            return
        asked.set()
        # In a thread, because that has its own connection to the workers' states.
        threading.Thread(target=terminate, args=(manager,), daemon=True).start()

    for number in SIGNALS:
        signal.signal(number, ask)


def terminate(manager: Any) -> None:
    """Send the main process the message to stop, once every worker serves."""
    deadline = time.monotonic() + LIMIT
    with suppress(OSError, EOFError):  # the states are gone: so are the workers
        while not all_serve(manager) and time.monotonic() < deadline:
            time.sleep(PATIENCE)
    manager.monitor_publisher.send("__TERMINATE__")


def all_serve(manager: Any) -> bool:
    """Return whether every worker of the manager serves."""
    workers = [state for state in manager.worker_state.values() if state.get("server")]
    return len(workers) == manager.num_server and all(state.get("serving") for state in workers)
