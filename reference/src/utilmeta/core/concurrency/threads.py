"""Thread pools for plain functions on a server with an event loop, so that they do not block it (ASYNC-4).

There is one pool for each loop. Only the loop's thread touches its state, so nothing is locked. Its threads are
daemons: one that never ends does not keep a stopped process alive.

A call waits while every thread is busy. It is dropped, and never runs, when its time is over (SECURITY-5a) or its
caller is cancelled (SECURITY-5b). Where too many calls wait already, it is refused at once (SECURITY-5c).
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections import OrderedDict
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from utilmeta.core.concurrency.portal import original, patched
from utilmeta.utils.exceptions import ServiceUnavailable

Result = TypeVar("Result")

# Plain endpoints that run at one time; ASYNC-4 asks for more than 40.
CAPACITY = 64

# Calls that may wait for a thread by default (SECURITY-5c): each keeps its request in memory.
MAX_WAITING = 256

Job = tuple[asyncio.Future[Any], contextvars.Context, Callable[..., Any], tuple[Any, ...]]
Jobs = SimpleQueue[Job | None]  # None: there will be no more


class Threads:
    """Thread pool of one event loop: at most ``capacity`` threads, started when they are needed and kept."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.loop = asyncio.get_running_loop()
        self.capacity = capacity
        self.count = 0
        self.idle: list[Jobs] = []
        self.waiting: OrderedDict[asyncio.Future[Any], tuple[Job, asyncio.TimerHandle | None]] = OrderedDict()
        self.ended = False

    def run(
        self, function: Callable[..., Result], *arguments: Any, seconds: float | None = None
    ) -> asyncio.Future[Result]:
        """Call ``function`` in a thread of the pool, in a copy of this context; the future is for the pool's own loop.

        The call begins within ``seconds`` or not at all. Raises ServiceUnavailable if too many calls wait already.
        """
        future: asyncio.Future[Result] = self.loop.create_future()
        job = (future, contextvars.copy_context(), function, arguments)
        if self.idle:
            self.idle.pop().put(job)
        elif self.count < self.capacity:
            self.count += 1
            jobs = queue()
            jobs.put(job)
            start(self.work, jobs, f"utilmeta-{self.count}")
        else:
            self.wait(job, seconds)
        return future

    def wait(self, job: Job, seconds: float | None) -> None:
        """Queue a call until a thread is free. Raises ServiceUnavailable if too many calls wait already."""
        if len(self.waiting) >= max_waiting:
            raise ServiceUnavailable(f"{max_waiting} calls are waiting for a thread already")
        future = job[0]
        timer = None if seconds is None else self.loop.call_later(seconds, self.expire, future, seconds)
        self.waiting[future] = job, timer
        future.add_done_callback(self.leave)

    def expire(self, future: asyncio.Future[Any], seconds: float) -> None:
        """Refuse a queued call whose time is over, by a ServiceUnavailable."""
        if not future.done():
            future.set_exception(too_late(seconds))

    def leave(self, future: asyncio.Future[Any]) -> None:
        """Drop from the queue a call that ended before it began."""
        _, timer = self.waiting.pop(future, (None, None))
        if timer is not None:
            timer.cancel()

    def next(self) -> Job | None:
        """Return the call that has waited longest, None where none waits."""
        while self.waiting:
            future, (job, timer) = self.waiting.popitem(last=False)
            if timer is not None:
                timer.cancel()
            if not future.done():
                return job
        return None

    def end(self) -> None:
        """Let each thread end when it has no more calls to run."""
        self.ended = True
        for jobs in self.idle:
            jobs.put(None)

    def work(self, jobs: Jobs) -> None:
        """Run calls until None comes; the main function of each thread."""
        while (job := jobs.get()) is not None:
            future, context, function, arguments = job
            del job
            result: Any = None
            error: BaseException | None = None
            try:
                result = context.run(function, *arguments)
            except BaseException as raised:  # noqa: BLE001 - it is handed to who awaits
                error = raised
            del context, function, arguments
            try:
                self.loop.call_soon_threadsafe(self.done, jobs, future, result, error)
            except RuntimeError:  # the loop is closed, so the call has no caller any more
                return
            del future, result, error

    def done(self, jobs: Jobs, future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
        """Resolve a call's future, on the loop's thread, and give its thread the next call."""
        job = self.next()
        if job is not None:
            jobs.put(job)
        elif self.ended:
            jobs.put(None)
        else:
            self.idle.append(jobs)
        if future.done():  # cancelled meanwhile
            return
        if isinstance(error, (StopIteration, GeneratorExit)):
            # These would end the awaiting coroutine (PEP 479), and a future refuses StopIteration.
            unraisable = RuntimeError(f"coroutine raised {type(error).__name__}")
            unraisable.__cause__ = error
            future.set_exception(unraisable)
        elif error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)


def queue() -> Jobs:
    """Return a queue between operating-system threads, also under gevent."""
    queue: Jobs = original("queue", "SimpleQueue")()
    return queue


def start(work: Callable[[Jobs], None], jobs: Jobs, name: str) -> None:
    """Start an operating-system thread, also under gevent.

    A greenlet would wait for its turn on the loop's thread, which never yields to it.
    """
    if patched():
        original("_thread", "start_new_thread")(work, (jobs,))
    else:
        threading.Thread(target=work, args=(jobs,), name=name, daemon=True).start()


def too_late(seconds: float) -> ServiceUnavailable:
    """Return the error for a call that did not begin within ``seconds``."""
    return ServiceUnavailable(f"There was no answer within {seconds:g} s")


pools: WeakKeyDictionary[asyncio.AbstractEventLoop, Threads] = WeakKeyDictionary()

max_waiting = MAX_WAITING


def set_max_waiting(number: int) -> None:
    """Set how many calls may wait for a thread, on each loop of this process."""
    global max_waiting
    max_waiting = number


def run_in_thread(
    function: Callable[..., Result], *arguments: Any, seconds: float | None = None
) -> asyncio.Future[Result]:
    """Call ``function`` in a thread of the running loop's pool. A call that has not begun after ``seconds`` is dropped;
    see ``Threads.run``."""
    loop = asyncio.get_running_loop()
    try:
        pool = pools[loop]
    except KeyError:
        for ended in [known() for known in pools.keyrefs()]:
            if ended is not None and ended.is_closed():
                pools.pop(ended).end()  # a test client has a loop for each request
        pool = pools[loop] = Threads()
    return pool.run(function, *arguments, seconds=seconds)


async def run_in_own_thread(function: Callable[..., Result], *arguments: Any) -> Result:
    """Call ``function`` in a new thread, so that it never waits for one."""
    pool = Threads(1)
    try:
        return await pool.run(function, *arguments)
    finally:
        pool.end()
