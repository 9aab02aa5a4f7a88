"""An event loop for servers that have none, so that coroutines run there too (ASYNC-5b).

One loop for each process, created at its first use on a thread of its own, and kept: what a startup hook opened on it
is there for every request. The thread is the operating system's, also where gevent has put greenlets in their place: a
loop on a greenlet would be the running loop of all others on its thread. There, who waits is a greenlet, and its hub
goes on.
"""

from __future__ import annotations

import _thread
import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from utilmeta.core.errors.raised import log_raised, outcome

log = logging.getLogger("utilmeta")

Done = Callable[[], object]


class Portal:
    """``settle`` waits, in any thread or greenlet, for an awaitable that runs on the loop."""

    def __init__(self) -> None:
        self.reset()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.reset)

    def reset(self) -> None:
        """A forked process has neither the thread nor its loop."""
        self.lock = original("_thread", "allocate_lock")()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.waiting: set[Done] = set()
        self.wait: Callable[[Callable[[Done], object]], None] = wait_in_thread

    def running(self) -> asyncio.AbstractEventLoop:
        with self.lock:  # nothing in here gives way to another greenlet
            if self.loop is None:
                self.wait = wait_in_greenlet if patched() else wait_in_thread
                made: list[asyncio.AbstractEventLoop] = []
                there = original("_thread", "allocate_lock")()
                there.acquire()
                original("_thread", "start_new_thread")(self.serve, (made, there.release))
                there.acquire()
                self.loop = made[0]
            return self.loop

    def settle(self, awaitable: Awaitable[Any]) -> Any:
        """The result of ``awaitable``; raises what it raises, and RuntimeError where the loop has come to an end."""
        loop = self.loop or self.running()
        tasks: list[asyncio.Task[tuple[Any, BaseException | None]]] = []

        def begin(done: Done) -> None:
            task = loop.create_task(outcome(awaitable))
            tasks.append(task)
            task.add_done_callback(lambda _: done())

        def wait(done: Done) -> None:
            self.waiting.add(done)
            waited.append(done)
            loop.call_soon_threadsafe(begin, done)

        waited: list[Done] = []
        try:
            self.wait(wait)
        finally:
            self.waiting.difference_update(waited)
        if not tasks or not tasks[0].done():
            raise RuntimeError("the event loop of async endpoints has come to an end")
        result, error = tasks[0].result()
        try:
            if error is not None:
                raise error
            return result
        finally:
            del error  # whose traceback has this frame

    def serve(self, made: list[asyncio.AbstractEventLoop], tell: Callable[[], None]) -> None:
        """Run the loop for good. What a task that somebody has started on it exits with, or a stop, does not end it."""
        loop = asyncio.new_event_loop()
        made.append(loop)
        loop.call_soon(tell)
        try:
            while True:
                try:
                    loop.run_forever()
                except (SystemExit, KeyboardInterrupt) as error:
                    log_raised(log, "a task on the event loop of async endpoints failed", error=error)
        except Exception as error:  # noqa: BLE001 - without its selector, say
            log_raised(log, "the event loop of async endpoints has come to an end", error=error)
        finally:
            loop.close()  # from now on who comes has an error of it
            for done in [*self.waiting]:
                done()


def wait_in_thread(begin: Callable[[Done], object]) -> None:
    """Call ``begin`` with a function, and return when that is called."""
    done = _thread.allocate_lock()
    done.acquire()
    begin(done.release)
    done.acquire()


def wait_in_greenlet(begin: Callable[[Done], object]) -> None:
    """As ``wait_in_thread``, while the other greenlets of this thread run."""
    from gevent import get_hub
    from gevent.hub import Waiter

    watcher = get_hub().loop.async_()  # its send() is what may be called from another thread
    waiter = Waiter()
    watcher.start(waiter.switch, None)
    try:
        begin(watcher.send)
        waiter.get()
    finally:
        watcher.stop()
        watcher.close()


def patched() -> bool:
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and bool(monkey.is_module_patched("_thread") or monkey.is_module_patched("threading"))


def original(module: str, name: str) -> Any:
    """What gevent has replaced, or the thing itself."""
    monkey = sys.modules.get("gevent.monkey")
    return getattr(sys.modules[module], name) if monkey is None else monkey.get_original(module, name)
