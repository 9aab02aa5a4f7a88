"""Endpoints that have to answer in time (API-7): what takes longer is answered 503.

An ``async def`` is cancelled then. A plain function cannot be: it runs in a thread of its own, which goes on, and what
it gives in the end reaches nobody but, if it is an exception, the log. Where many calls of one endpoint go on so, the
next is answered 503 at once: it would only take one thread more. On a server with an event loop the time begins before
the call waits for a thread (threads.py): what is left of it is what the call has.

What goes on so never commits the transaction of its request (DATABASE-10). Where a commit had begun in time, its end is
waited for, COMMIT_SECONDS at the most.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from utilmeta.core.concurrency.threads import too_late
from utilmeta.core.errors.exception_log import log_raised
from utilmeta.core.errors.interruption import cancel, outcome
from utilmeta.core.request.request import Request
from utilmeta.utils.exceptions import ServiceUnavailable

Call = Callable[[Request, Mapping[str, str]], Any]

log = logging.getLogger("utilmeta")

LATE = "%s failed after its timeout (request %s)"

# Calls of one endpoint that may go on after their time.
MOST_LATE = 64

# Longer than a commit takes, and still an answer in the end where a database hangs.
COMMIT_SECONDS = 5

# Of the event loop, which itself holds on to no task.
ending: set[asyncio.Task[Any]] = set()


def within(call: Call, seconds: float, label: str) -> Call:
    """A plain ``call`` that raises ServiceUnavailable after ``seconds``, or at the request's ``deadline``."""
    late: set[Run] = set()

    def timed(request: Request, values: Mapping[str, str]) -> Any:
        if len(late) >= MOST_LATE:
            raise ServiceUnavailable(f"{MOST_LATE} earlier requests have not come to their end yet")
        deadline = getattr(request, "deadline", None)
        left = seconds if deadline is None else deadline - time.monotonic()
        if left <= 0:
            raise too_late(seconds)
        run = Run(call, request, values, label, late)
        threading.Thread(target=run, args=(contextvars.copy_context(),), name=f"utilmeta-{label}", daemon=True).start()
        return run.outcome(left, seconds)

    return timed


def come_in_time() -> None:
    """Called before a request's work is made to last. Raises ServiceUnavailable if it has been answered meanwhile."""
    run = running.get(None)
    if run is not None:
        run.commit()


class Run:
    """One call in a thread, and the wait for it. It is among the ``late`` ones while it goes on after that."""

    def __init__(self, call: Call, request: Request, values: Mapping[str, str], label: str, late: set[Run]) -> None:
        self.call = call
        self.request = request
        self.values = values
        self.label = label
        self.late = late
        self.lock = threading.Lock()
        self.done = threading.Event()
        self.abandoned = False
        self.committing = False
        self.result: Any = None
        self.error: BaseException | None = None

    def __call__(self, context: contextvars.Context) -> None:
        try:
            context.run(running.set, self)
            self.result = context.run(self.call, self.request, self.values)
        except BaseException as error:  # noqa: BLE001 - it is handed to who waits, or logged
            self.error = error
        with self.lock:
            self.done.set()
            self.late.discard(self)
            if self.abandoned and self.error is not None:
                log_raised(log, LATE, self.label, self.request.id, error=self.error)

    def commit(self) -> None:
        with self.lock:
            if self.abandoned:
                raise ServiceUnavailable("it was answered 503 before, so nothing of it is kept")
            self.committing = True

    def outcome(self, left: float, seconds: float) -> Any:
        """What the call gives within the time that is ``left`` of its ``seconds``."""
        self.done.wait(left)
        with self.lock:
            self.abandoned = not self.done.is_set() and not self.committing
        if not self.abandoned:
            self.done.wait(COMMIT_SECONDS)
        with self.lock:
            self.abandoned = not self.done.is_set()
            if self.abandoned:
                self.late.add(self)
        if self.abandoned:
            raise too_late(seconds)
        if self.error is not None:
            raise self.error
        return self.result


running: contextvars.ContextVar[Run] = contextvars.ContextVar("running")


def within_later(call: Call, seconds: float, label: str) -> Call:
    """The same of a ``call`` that gives a coroutine, which is cancelled."""

    async def timed(request: Request, values: Mapping[str, str]) -> Any:
        task = asyncio.ensure_future(outcome(call(request, values)))
        try:
            await asyncio.wait([task], timeout=seconds)
        finally:
            if not task.done():
                cancel(task)
                ending.add(task)
                task.add_done_callback(partial(ended, label, request.id))
        if not task.done():
            raise too_late(seconds)
        result, error = task.result()
        try:
            if error is not None:
                raise error
            return result
        finally:
            del error  # whose traceback has this frame

    return timed


def ended(label: str, identity: str, task: asyncio.Task[Any]) -> None:
    ending.discard(task)
    if not task.cancelled() and (error := task.result()[1]) is not None:
        log_raised(log, LATE, label, identity, error=error)
