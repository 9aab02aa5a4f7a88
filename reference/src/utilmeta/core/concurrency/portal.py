"""Event loop for servers that have none, so that coroutines run there too (ASYNC-5b).

There is one loop for each process, created at its first use on a thread of its own, and kept: what a startup hook
opened on it is there for every request. The thread is one of the operating system, also under gevent: a loop on a
greenlet would be the running loop of all other greenlets of its thread. Under gevent the waiting callers are greenlets,
and their hub goes on.
"""

from __future__ import annotations

import _thread
import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from utilmeta.core.errors.exception_log import log_raised
from utilmeta.core.errors.interruption import outcome

log = logging.getLogger("utilmeta")

Done = Callable[[], object]


class Portal:
    """Runs awaitables on the process's event loop thread, called from any thread or greenlet."""

    def __init__(self) -> None:
        self.reset()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.reset)

    def reset(self) -> None:
        """Start without a thread and loop, as in a forked process."""
        self.lock = original("_thread", "allocate_lock")()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.waiting: set[Done] = set()
        self.wait: Callable[[Callable[[Done], object]], None] = wait_in_thread

    def running(self) -> asyncio.AbstractEventLoop:
        """Return the event loop, which is started at the first call.

        Raises OSError where there is no file descriptor for it; the next call tries again.
        """
        with self.lock:  # nothing in here switches to another greenlet
            if self.loop is None:
                self.wait = wait_in_greenlet if patched() else wait_in_thread
                made: list[asyncio.AbstractEventLoop | OSError] = []
                there = original("_thread", "allocate_lock")()
                there.acquire()
                original("_thread", "start_new_thread")(self.serve, (made, there.release))
                there.acquire()
                [loop] = made
                if isinstance(loop, OSError):
                    raise loop
                self.loop = loop
            return self.loop

    def settle(self, awaitable: Awaitable[Any]) -> Any:
        """Run ``awaitable`` on the loop and return its result.

        Raises what the awaitable raises, and RuntimeError if the loop has ended.
        """
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

    def serve(self, made: list[asyncio.AbstractEventLoop | OSError], tell: Callable[[], None]) -> None:
        """Run the loop on this thread until it breaks. An exit of a task that user code has started does not end it.

        Appends the loop to ``made``, and calls ``tell`` when it runs; or appends the error that there can be no loop.
        """
        try:
            loop = asyncio.new_event_loop()
        except OSError as error:
            made.append(error)
            tell()
            return
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
            loop.close()  # later callers get an error
            for done in [*self.waiting]:
                done()


def wait_in_thread(begin: Callable[[Done], object]) -> None:
    """Call ``begin`` with a function, and block this thread until that function is called."""
    done = _thread.allocate_lock()
    done.acquire()
    begin(done.release)
    done.acquire()


def wait_in_greenlet(begin: Callable[[Done], object]) -> None:
    """Call ``begin`` with a function, and block this greenlet, not its thread, until that function is called."""
    from gevent import get_hub
    from gevent.hub import Waiter

    watcher = get_hub().loop.async_()  # only its send() may be called from another thread
    waiter = Waiter()
    watcher.start(waiter.switch, None)
    try:
        begin(watcher.send)
        waiter.get()
    finally:
        watcher.stop()
        watcher.close()


def patched() -> bool:
    """Return whether gevent has replaced threads by greenlets."""
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and bool(monkey.is_module_patched("_thread") or monkey.is_module_patched("threading"))


def original(module: str, name: str) -> Any:
    """Return an attribute of a standard module as it was before gevent patched it."""
    monkey = sys.modules.get("gevent.monkey")
    return getattr(sys.modules[module], name) if monkey is None else monkey.get_original(module, name)
