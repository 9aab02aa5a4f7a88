"""The way into a service for calls of its own process: which thread and which event loop answers them.

Each request has an empty context, as one from a network has: what its caller has set, the current request among it, is
neither seen nor changed. A service without an event loop answers it in a thread of its own, so that the database
connections of the calling thread are not its either. Any other answers on the loop that it runs on: that of its server
or test client, else that of the call which awaits, else one that is kept for plain calls.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextvars import Context
from threading import Thread
from typing import Any, Protocol

from utilmeta.core.cli.transport.deadline import Deadline, within
from utilmeta.core.cli.transport.message import Answer, Outgoing
from utilmeta.core.concurrency.portal import Portal
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.utils.exceptions import ServiceError


class Exchange(Protocol):
    """Answers requests in the thread that calls."""

    def answer(self, outgoing: Outgoing) -> Answer:
        """Answer a request."""

    def begin(self) -> None:
        """Run the startup hooks. Raises HookFailed."""

    def end(self) -> None:
        """Run the shutdown hooks."""


class AwaitedExchange(Protocol):
    """Answers requests on the event loop that runs here."""

    async def answer(self, outgoing: Outgoing) -> Answer:
        """Answer a request."""

    async def begin(self) -> None:
        """Run the startup hooks. Raises HookFailed."""

    async def end(self) -> None:
        """Run the shutdown hooks."""


class ThreadEntrance:
    """The way into a service that threads serve."""

    def __init__(self, exchange: Exchange, lifecycle: Lifecycle) -> None:
        self.exchange = exchange
        self.lifecycle = lifecycle
        self.flying: set[Future[Answer]] = set()

    def check(self, *, asynchronous: bool) -> None:
        """Raise ServiceError for a plain call on the event loop of the service's async endpoints."""
        if not asynchronous:
            refuse(self.lifecycle.loop)

    def call(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Answer a request in a thread, which is left alone when the time is over. Raises TimeoutError then."""
        return result_of(self.answering(outgoing), deadline)  # type: ignore[no-any-return]

    async def acall(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Do what ``call`` does, without blocking the event loop."""
        return await within(deadline, asyncio.wrap_future, self.answering(outgoing))  # type: ignore[no-any-return]

    def answering(self, outgoing: Outgoing) -> Future[Answer]:
        """Answer a request in a thread."""
        told = in_thread(self.exchange.answer, outgoing)
        self.flying.add(told)
        told.add_done_callback(self.flying.discard)
        return told

    def begin(self) -> None:
        """Run the startup hooks in this thread. Raises HookFailed."""
        Context().run(self.exchange.begin)

    def end(self) -> None:
        """Wait for the requests in flight, and run the shutdown hooks in this thread."""
        wait([*self.flying], self.lifecycle.patience)
        Context().run(self.exchange.end)

    async def abegin(self) -> None:
        """Run the startup hooks in a thread. Raises HookFailed."""
        await asyncio.wrap_future(in_thread(self.exchange.begin))

    async def aend(self) -> None:
        """Wait for the requests in flight, and run the shutdown hooks, in a thread."""
        await asyncio.wrap_future(in_thread(self.end))


class LoopEntrance:
    """The way into a service that an event loop serves."""

    def __init__(self, exchange: AwaitedExchange, lifecycle: Lifecycle) -> None:
        self.exchange = exchange
        self.lifecycle = lifecycle
        self.portal = Portal()
        self.loop: asyncio.AbstractEventLoop | None = None

    def check(self, *, asynchronous: bool) -> None:
        """Raise ServiceError for a plain call on the loop that the service runs on."""
        if not asynchronous:
            refuse(self.home())

    def call(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Answer a request on the service's loop. Raises TimeoutError when the time is over."""
        loop = self.home() or self.portal.running()
        answer: Answer = result_of(on_loop(loop, self.exchange.answer, outgoing), deadline)
        return answer

    async def acall(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Await the answer to a request. Raises TimeoutError when the time is over."""
        answer: Answer = await within(deadline, self.answered, outgoing)
        return answer

    async def answered(self, outgoing: Outgoing) -> Answer:
        """Await the answer to a request on the service's loop."""
        loop, running = self.home(), asyncio.get_running_loop()
        if loop is None or loop is running:
            return await Context().run(asyncio.ensure_future, self.exchange.answer(outgoing))
        answer: Answer = await asyncio.wrap_future(on_loop(loop, self.exchange.answer, outgoing))
        return answer

    def begin(self) -> None:
        """Run the startup hooks on the loop that is kept for plain calls. Raises HookFailed."""
        loop = self.portal.running()
        result_of(on_loop(loop, self.exchange.begin), None)
        self.loop = loop

    def end(self) -> None:
        """Run the shutdown hooks there."""
        loop, self.loop = self.loop, None
        assert loop is not None
        result_of(on_loop(loop, self.exchange.end), None)

    async def abegin(self) -> None:
        """Run the startup hooks on this loop. Raises HookFailed."""
        await Context().run(asyncio.ensure_future, self.exchange.begin())
        self.loop = asyncio.get_running_loop()

    async def aend(self) -> None:
        """Run the shutdown hooks on this loop."""
        self.loop = None
        await Context().run(asyncio.ensure_future, self.exchange.end())

    def home(self) -> asyncio.AbstractEventLoop | None:
        """Return the loop that the service runs on; None before it has started, and when that one has ended."""
        loop = self.loop or self.lifecycle.loop
        return loop if loop is not None and loop.is_running() else None


def refuse(loop: asyncio.AbstractEventLoop | None) -> None:
    """Raise ServiceError on the thread of this loop."""
    try:
        here = asyncio.get_running_loop()
    except RuntimeError:
        return
    if here is loop:
        raise ServiceError(
            "a plain call inside the process would block the event loop that has to answer it; await an `async def` "
            "request function or async_request, or make the endpoint a plain function, which runs in a thread"
        )


def in_thread(function: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Call a function in a thread of its own, in an empty context."""
    told: Future[Any] = Future()

    def run() -> None:
        told.set_running_or_notify_cancel()
        try:
            told.set_result(Context().run(function, *arguments))
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            told.set_exception(error)

    Thread(target=run, daemon=True, name="utilmeta-inside").start()
    return told


def on_loop(loop: asyncio.AbstractEventLoop, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Run a coroutine function on the loop of another thread, in an empty context."""
    return Context().run(asyncio.run_coroutine_threadsafe, function(*arguments), loop)


def result_of(waited: Future[Any], deadline: Deadline | None) -> Any:
    """Return the result of a future. Raises TimeoutError when the time is over, and what the future raises."""
    try:
        return waited.result(None if deadline is None else deadline.left())
    except BaseException:
        waited.cancel()
        raise
