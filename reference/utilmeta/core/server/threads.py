"""Threads for plain functions on a server with an event loop, so that they do not block it (ASYNC-4).

One pool for each loop, all of whose state is touched by that loop's thread alone, so nothing is locked. Its threads are
daemons: one that never comes back does not keep a stopped process alive.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from utilmeta.core.server.portal import original, patched

Result = TypeVar("Result")

# Plain endpoints that run at one time; more of them wait their turn. ASYNC-4 asks for more than 40.
CAPACITY = 64

Job = tuple[asyncio.Future[Any], contextvars.Context, Callable[..., Any], tuple[Any, ...]]
Jobs = SimpleQueue[Job | None]  # None: there will be no more


class Threads:
    """At most ``capacity`` threads, started as they are needed and kept."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.loop = asyncio.get_running_loop()
        self.capacity = capacity
        self.count = 0
        self.idle: list[Jobs] = []
        self.waiting: deque[Job] = deque()
        self.ended = False

    def run(self, function: Callable[..., Result], *arguments: Any) -> asyncio.Future[Result]:
        """Call ``function`` in a thread, in a copy of this context. To be awaited on the pool's own loop."""
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
            self.waiting.append(job)
        return future

    def end(self) -> None:
        """Have each thread end when it has nothing to do any more."""
        self.ended = True
        for jobs in self.idle:
            jobs.put(None)

    def work(self, jobs: Jobs) -> None:
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
            except RuntimeError:  # the loop is closed: nobody awaits any more
                return
            del future, result, error

    def done(self, jobs: Jobs, future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
        if self.waiting:
            jobs.put(self.waiting.popleft())
        elif self.ended:
            jobs.put(None)
        else:
            self.idle.append(jobs)
        if future.done():  # cancelled meanwhile
            return
        if isinstance(error, (StopIteration, GeneratorExit)):
            # These end coroutines, so that none can be given one (PEP 479); no future takes the first either.
            unraisable = RuntimeError(f"coroutine raised {type(error).__name__}")
            unraisable.__cause__ = error
            future.set_exception(unraisable)
        elif error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)


def queue() -> Jobs:
    queue: Jobs = original("queue", "SimpleQueue")()
    return queue


def start(work: Callable[[Jobs], None], jobs: Jobs, name: str) -> None:
    """Start an operating-system thread: where gevent has put greenlets in their place, one of those would wait for a
    turn on the thread of the loop, which never gives way."""
    if patched():
        original("_thread", "start_new_thread")(work, (jobs,))
    else:
        threading.Thread(target=work, args=(jobs,), name=name, daemon=True).start()


pools: WeakKeyDictionary[asyncio.AbstractEventLoop, Threads] = WeakKeyDictionary()


def run_in_thread(function: Callable[..., Result], *arguments: Any) -> asyncio.Future[Result]:
    """Call ``function`` in a thread of the running loop's pool."""
    loop = asyncio.get_running_loop()
    try:
        pool = pools[loop]
    except KeyError:
        for ended in [known() for known in pools.keyrefs()]:
            if ended is not None and ended.is_closed():
                pools.pop(ended).end()  # a test client has a loop for each request
        pool = pools[loop] = Threads()
    return pool.run(function, *arguments)
