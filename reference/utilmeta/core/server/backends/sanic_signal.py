"""Signals for Sanic, which loses or hangs on one that comes right after its first answer.

Its server answers a moment before it can be stopped: a worker's loop is stopped while something else than the serving
runs on it, or its main process is asked to stop while it waits for the workers and waits forever. Both are cured by
patience: a signal is acted upon once the server serves.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)

# Seconds between two looks at whether it serves by now.
PATIENCE = 0.01


def install(application: Any, ready: Callable[[], None], *, single: bool) -> None:
    """Call before ``Sanic.run``. ``ready`` is called once, when the server serves or its workers are about to."""

    async def started(app: Any, *_: Any) -> None:
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, stop_when_serving, app, loop)
        if single:
            ready()

    def main_ready(app: Any, *_: Any) -> None:
        ready()
        for number in SIGNALS:
            signal.signal(number, lambda number, frame: shut_down_when_serving(app.manager, number, frame))

    application.register_listener(started, "after_server_start")
    application.register_listener(main_ready, "main_process_ready")


def stop_when_serving(application: Any, loop: asyncio.AbstractEventLoop) -> None:
    """In a serving process: stop the loop, but only where ``run_forever`` runs it."""
    if application.state.is_running:
        application.stop(terminate=False)
    else:
        loop.call_later(PATIENCE, stop_when_serving, application, loop)


def shut_down_when_serving(manager: Any, number: int, frame: Any) -> None:
    """In the main process of several: shut down, but only once every worker serves."""
    workers = [state for state in manager.worker_state.values() if state.get("server")]
    if len(workers) == manager.num_server and all(state.get("serving") for state in workers):
        manager.shutdown_signal(number, frame)
    else:
        timer = threading.Timer(PATIENCE, os.kill, (os.getpid(), number))
        timer.daemon = True
        timer.start()
