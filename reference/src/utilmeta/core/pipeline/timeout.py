"""Calls that must answer within a number of seconds (API-7); one that takes longer is answered 503.

An ``async def`` is cancelled then. A plain function cannot be: it runs in a thread of its own, which goes on. Its
result is dropped, its exception logged. While MOST_LATE calls of one endpoint go on like that, the next one is answered
503 at once, without a thread. On a server with an event loop the time begins before the call waits for a thread
(threads.py).

A call that goes on never commits the transaction of its request (DATABASE-10). Where a commit has begun in time, its
end is waited for, COMMIT_SECONDS at most.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
import time
from collections.abc import Mapping
from functools import partial
from typing import Any

from utilmeta.core.concurrency.threads import too_late
from utilmeta.core.errors.exception_log import log_raised
from utilmeta.core.errors.interruption import cancel, outcome
from utilmeta.core.pipeline.call import Call
from utilmeta.core.request.request import Request
from utilmeta.utils.exceptions import ServiceUnavailable

log = logging.getLogger("utilmeta")

LATE = "%s failed after its timeout (request %s)"

# So many calls of one endpoint may go on after their time.
MOST_LATE = 64

# Longer than a commit takes, and still an answer in the end where a database hangs.
COMMIT_SECONDS = 5

# Cancelled tasks that have not ended yet: the event loop itself keeps no reference to a task.
ending: set[asyncio.Task[Any]] = set()


def with_timeout(call: Call, seconds: float, label: str) -> Call:
    """A plain ``call`` that raises ServiceUnavailable after ``seconds``, or at the request's ``deadline``."""
    late: set[TimedCall] = set()

    def limit_time(request: Request, values: Mapping[str, str]) -> Any:
        if len(late) >= MOST_LATE:
            raise ServiceUnavailable(f"{MOST_LATE} earlier requests have not come to their end yet")
        deadline = getattr(request, "deadline", None)
        left = seconds if deadline is None else deadline - time.monotonic()
        if left <= 0:
            raise too_late(seconds)
        timed = TimedCall(call, request, values, label, late)
        context = contextvars.copy_context()
        threading.Thread(target=timed.run, args=(context,), name=f"utilmeta-{label}", daemon=True).start()
        return timed.outcome(left, seconds)

    return limit_time


def come_in_time() -> None:
    """Called before a transaction commits. Raises ServiceUnavailable if its request has been answered meanwhile."""
    gate = running.get(None)
    if gate is not None:
        gate.begin_commit()


class CommitGate:
    """Decides whether a call may commit: not once it is ``abandoned``, and while it commits it is not."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.abandoned = False
        self.committing = False

    def begin_commit(self) -> None:
        """Have the commit waited for. Raises ServiceUnavailable where the request has been answered."""
        with self.lock:
            if self.abandoned:
                raise ServiceUnavailable("it was answered 503 before, so nothing of it is kept")
            self.committing = True

    def abandon(self) -> bool:
        """Have nothing committed from now on, unless the call commits; return whether that is so."""
        with self.lock:
            self.abandoned = not self.committing
            return self.abandoned


class TimedCall(CommitGate):
    """A call in a thread, and the wait for its end; it is in ``late`` while it goes on after its time."""

    def __init__(
        self, call: Call, request: Request, values: Mapping[str, str], label: str, late: set[TimedCall]
    ) -> None:
        super().__init__()
        self.call = call
        self.request = request
        self.values = values
        self.label = label
        self.late = late
        self.done = threading.Event()
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self, context: contextvars.Context) -> None:
        """Call it, in a thread of its own."""
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
                self.error = None  # its traceback has this frame

    def outcome(self, left: float, seconds: float) -> Any:
        """Wait for the result, or the exception, within the time that is ``left`` of the call's ``seconds``."""
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


running: contextvars.ContextVar[CommitGate] = contextvars.ContextVar("running")


def with_async_timeout(call: Call, seconds: float, label: str) -> Call:
    """As ``with_timeout``, for a ``call`` that gives a coroutine: it is cancelled after ``seconds``."""

    async def limit_time(request: Request, values: Mapping[str, str]) -> Any:
        gate = CommitGate()
        before = running.set(gate)
        try:
            task = asyncio.ensure_future(outcome(call(request, values)))
        finally:
            running.reset(before)
        try:
            await asyncio.wait([task], timeout=seconds)
            if not task.done() and not gate.abandon():
                await asyncio.wait([task], timeout=COMMIT_SECONDS)
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

    return limit_time


def ended(label: str, identity: str, task: asyncio.Task[Any]) -> None:
    """Log what a cancelled task has raised in the end."""
    ending.discard(task)
    if not task.cancelled() and (error := task.result()[1]) is not None:
        log_raised(log, LATE, label, identity, error=error)
