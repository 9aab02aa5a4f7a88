"""Runs the startup and shutdown hooks of a service, once in every serving process.

Startup hooks run in the order in which they were registered, shutdown hooks in reverse (HOOK-6). A backend calls
``start`` before the first request and ``stop`` after the last, or ``astart`` and ``astop`` on the event loop that
serves; a second call in the same process does nothing, and a process forked from a started one starts again. Where the
server has no hook for the end of its workers, ``stop`` runs at the interpreter's exit (HOOK-4). A server with lifespans
(ASGI) calls ``begin`` and ``end``, and another lifespan may follow (HOOK-10a).
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import inspect
import logging
import os
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context, copy_context
from typing import Any, TypeVar

from utilmeta.core.concurrency.context import Variables, adopt, inherit, set_since
from utilmeta.core.concurrency.in_flight import InFlight
from utilmeta.core.concurrency.scope import Scope
from utilmeta.core.concurrency.threads import run_in_own_thread
from utilmeta.core.errors.exception_log import title_of
from utilmeta.core.errors.interruption import raise_interruption
from utilmeta.core.errors.notify import tell
from utilmeta.utils.exceptions import DeclarationError, HookFailed

Hook = Callable[[], Any]
Function = TypeVar("Function", bound=Callable[..., Any])


class Lifecycle:
    """The hooks of one service, and how far they have run in this process.

    started     True from the end of the startup hooks
    failed      the error of the startup hook that raised
    variables   context variables that the startup hooks have set, for each request (ASYNC-8c) and the shutdown hooks
    in_flight   requests that the server may have given up; shutdown hooks wait for them, ``patience`` seconds at most
    scopes      what hooks run in
    settle      waits for an awaitable in an asynchronous service on a server without a loop; None elsewhere
    loop        the event loop that async hooks and endpoints run on, once they have started; None where there is none
    """

    def __init__(self) -> None:
        self.startup: list[Hook] = []
        self.shutdown: list[Hook] = []
        self.settle: Callable[[Awaitable[Any]], Any] | None = None
        self.scopes: Sequence[Scope] = ()
        self.surrounded = False
        self.in_flight = InFlight()
        self.patience = 0.0
        self.reset()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.reset)

    def reset(self) -> None:
        """Forget that hooks have run: for a forked process, or a new lifespan."""
        # Made at the first start: gevent may patch after this, and its greenlets must not wait for a lock of threads.
        self.__dict__.pop("lock", None)
        self.starting: asyncio.Future[None] | None = None
        self.started = False
        self.stopped = False
        self.failed: HookFailed | None = None
        self.variables: Variables = ()
        self.in_flight.reset()
        self.lives = 0
        self.loop: asyncio.AbstractEventLoop | None = None

    def surround(self, startup: Sequence[Hook], shutdown: Sequence[Hook]) -> None:
        """Add the hooks of configurations, which start before all others and stop after them; once only."""
        if not self.surrounded:
            self.surrounded = True
            self.startup[:0] = startup
            self.shutdown[:0] = shutdown

    def check(self, *, asynchronous: bool) -> None:
        """Raise DeclarationError naming an async hook of a service that is not asynchronous (ASYNC-3)."""
        for hook in (*self.startup, *self.shutdown):
            if awaitable(hook) and not asynchronous:
                raise DeclarationError(
                    f"the hook {name(hook)} is an async def in a synchronous service; make it a plain def, or set "
                    "asynchronous=True in UtilMeta(...)"
                )

    def start(self) -> None:
        """Run the startup hooks in this thread; other threads that call it meanwhile wait.

        Raises HookFailed naming the hook that raised: now and at every further call, without running another hook.
        """
        with self.one_at_a_time():
            if self.started or self.stopped:
                return
            if self.failed is not None:
                raise self.failed
            if self.settle is not None:
                self.loop = self.settle(
                    running_loop()
                )  # has its thread made now: at the interpreter's exit there can be no new one
            atexit.register(self.stop)
            before = copy_context()
            for hook in self.startup:
                try:
                    self.call(hook)
                except BaseException as error:
                    raise_interruption(error)
                    raise self.fail(hook, error) from error
            self.variables = set_since(before)
            self.started = True

    def stop(self) -> None:
        """Run all shutdown hooks in this thread, also after one has raised (HOOK-7b)."""
        with self.one_at_a_time():
            if not self.started or self.stopped:
                return
            self.stopped = True
            inherit(self.variables)
            for hook in reversed(self.shutdown):
                try:
                    self.call(hook)
                except BaseException as error:  # noqa: BLE001 - reported, and the next hook runs
                    report(hook, error)

    def call(self, hook: Hook) -> None:
        """Run a hook in this thread. Raises TypeError where it returns a coroutine that nothing can settle."""
        result = scoped(hook, self.scopes)()
        if inspect.iscoroutine(result) and self.settle is None:
            result.close()
            raise TypeError(
                "it returned a coroutine in a synchronous service; make it return none, or set asynchronous=True in "
                "UtilMeta(...)"
            )
        if self.settle is not None and inspect.isawaitable(result):
            left: list[Context] = []
            self.settle(leaving(result, left))
            adopt(left[0])

    async def astart(self) -> None:
        """As ``start``, on the event loop that serves: async hooks are awaited, plain ones run in threads (ASYNC-7)."""
        if self.started or self.stopped:
            return
        if self.failed is not None:
            raise self.failed
        self.loop = asyncio.get_running_loop()
        if not (self.startup or self.shutdown):
            self.variables = set_since(copy_context())
            self.started = True
            return
        if self.starting is None:
            self.starting = asyncio.ensure_future(self.run_startup())
            atexit.unregister(self.finish)  # of an earlier life
            atexit.register(self.finish, asyncio.get_running_loop())
        await asyncio.shield(self.starting)  # a request that is cancelled does not end it for the others

    async def begin(self) -> None:
        """As ``astart``, at the begin of a lifespan; the hooks run again if an earlier lifespan has ended."""
        if not self.lives and (self.stopped or self.failed is not None):
            self.reset()
        await self.astart()
        self.lives += 1

    async def end(self) -> None:
        """As ``astop``, at the end of the last open lifespan."""
        self.lives = max(0, self.lives - 1)
        if not self.lives:
            await self.astop()

    async def run_startup(self) -> None:
        """Run the startup hooks on the event loop. Raises HookFailed naming the hook that raised."""
        before = copy_context()
        for hook in self.startup:
            try:
                await settle_hook(scoped(hook, self.scopes))
            except BaseException as error:
                raise_interruption(error)
                raise self.fail(hook, error) from error
        self.variables = set_since(before)
        self.started = True

    async def astop(self) -> None:
        """As ``stop``, on the event loop that serves, after the requests in flight."""
        await self.in_flight.end(self.patience)
        if not self.started or self.stopped:
            return
        self.stopped = True
        inherit(self.variables)
        for hook in reversed(self.shutdown):
            try:
                await settle_hook(scoped(hook, self.scopes))
            except BaseException as error:  # noqa: BLE001 - reported, and the next hook runs
                report(hook, error)

    def finish(self, loop: asyncio.AbstractEventLoop) -> None:
        """As ``astop``, at the interpreter's exit: the loop has ended, and no thread can be started."""
        if not self.started or self.stopped:
            return
        self.stopped = True
        inherit(self.variables)
        own = loop.is_closed()
        with contextlib.closing(asyncio.new_event_loop()) if own else contextlib.nullcontext(loop) as waiting:
            for hook in reversed(self.shutdown):
                try:
                    result = scoped(hook, self.scopes)()
                    if inspect.isawaitable(result):
                        waiting.run_until_complete(result)
                except BaseException as error:  # noqa: BLE001 - reported, and the next hook runs
                    report(hook, error)

    def one_at_a_time(self) -> threading.Lock:
        """The lock under which hooks run in threads."""
        # setdefault is atomic: of threads that come here at once all get the same lock.
        lock: threading.Lock = self.__dict__.setdefault("lock", threading.Lock())
        return lock

    def fail(self, hook: Hook, error: BaseException) -> HookFailed:
        """Keep and return the error of a startup hook that raised."""
        self.failed = HookFailed(f"the startup hook {name(hook)} failed: {title_of(error)}")
        return self.failed


def scoped(hook: Hook, scopes: Sequence[Scope]) -> Hook:
    """The hook, run in ``scopes``."""
    for scope in scopes:
        hook = scope.async_hook(hook) if awaitable(hook) else scope.hook(hook)
    return hook


async def settle_hook(hook: Hook) -> None:
    """Run a hook from the event loop: await it there, or call it in a thread of its own."""
    if awaitable(hook):
        result = hook()
    else:
        context = copy_context()
        result = await run_in_own_thread(context.run, hook)
        adopt(context)
    if inspect.isawaitable(result):
        await result


def awaitable(hook: Hook) -> bool:
    """Whether a call of the hook gives a coroutine; wrappers and partials are seen through."""
    inner = inspect.unwrap(hook)
    if isinstance(inner, functools.partial):
        return awaitable(inner.func)
    return inspect.iscoroutinefunction(inner) or inspect.iscoroutinefunction(type(inner).__call__)


def name(hook: Hook) -> str:
    """What errors and the log call a hook."""
    inner = hook.func if isinstance(hook, functools.partial) else hook
    return getattr(inner, "__qualname__", None) or repr(inner)


def report(hook: Hook, error: BaseException) -> None:
    """Log that a shutdown hook has raised."""
    raise_interruption(error)
    tell(logging.ERROR, f"the shutdown hook {name(hook)} failed: {title_of(error)}", error)


async def leaving(awaitable: Awaitable[Any], left: list[Context]) -> None:
    """Await it, on the loop of another thread, and append the context that it leaves to ``left``."""
    await awaitable
    left.append(copy_context())


async def running_loop() -> asyncio.AbstractEventLoop:
    """Return the event loop that runs here; awaiting this starts what settles awaitables."""
    return asyncio.get_running_loop()
