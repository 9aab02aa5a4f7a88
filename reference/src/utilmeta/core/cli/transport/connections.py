"""The sessions of a client: one for plain calls, and one for each event loop that awaits."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from utilmeta.core.cli.transport.deadline import Deadline, within
from utilmeta.core.cli.transport.message import Answer, Library, Opened, Outgoing, Proxies, Session
from utilmeta.utils.exceptions import DeclarationError


def driven(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine that never suspends, and return its result. Raises what it raises."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    coroutine.close()
    raise DeclarationError(
        "a hook of a client awaits, and the request is sent by a plain call; let both be plain, or both async"
    )


class Connections:
    """The connections of a client and of those that it mounts.

    Awaited requests share a session within ``async with``; outside of it each has its own, because nothing says when
    the event loop ends.
    """

    made_up: Callable[[Any, Any], Any] | None = None
    """Makes up the answer to a request, where nothing is sent."""

    def __init__(self, library: Library, proxies: Proxies, most: int | None) -> None:
        self.library = library
        self.proxies = proxies
        self.most = most
        self.turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
        self.lock = Lock()
        self.called: Session | None = None
        self.entered = 0
        self.awaited: WeakKeyDictionary[asyncio.AbstractEventLoop, Session] = WeakKeyDictionary()
        self.awaiting: WeakKeyDictionary[asyncio.AbstractEventLoop, int] = WeakKeyDictionary()

    def base_url(self) -> str | None:
        """Return the base URL of a client that was given none."""
        return None

    def check(self, *, asynchronous: bool) -> None:
        """Raise TypeError where the library has no plain calls, and one is to be made."""
        if not asynchronous and self.library.call is None:
            raise TypeError(
                f"{self.library.name} is asynchronous alone; call an `async def` request function or async_request, or "
                "take another backend, such as urllib"
            )

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a plain call's request, without suspending."""
        return await self.called_session().send(outgoing, deadline)

    def called_session(self) -> Session:
        """Return the session of plain calls."""
        with self.lock:
            if self.called is None:
                assert self.library.call is not None
                self.called = self.library.call(self.proxies)
            return self.called

    async def asend(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send an awaited request, in a thread where the library only calls."""
        if self.library.awaited is None:
            answer: Answer = await within(deadline, self.send_in_thread, outgoing, deadline)
            return answer
        session = self.awaited_session()
        if session is not None:
            return await session.send(outgoing, deadline)
        found: Answer = await within(deadline, self.send_apart, outgoing, deadline)
        return found

    async def send_apart(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send an awaited request by a session of its own, when there are not too many of them."""
        assert self.library.awaited is not None
        async with self.turn():
            session = self.library.awaited(self.proxies, 1)
            try:
                return await session.send(outgoing, deadline)
            finally:
                await session.close()

    def turn(self) -> contextlib.AbstractAsyncContextManager[Any]:
        """Return what waits until there is a connection for one more session of the running loop."""
        if self.most is None:
            return contextlib.nullcontext()
        loop = asyncio.get_running_loop()
        if loop not in self.turns:
            self.turns[loop] = asyncio.Semaphore(self.most)
        return self.turns[loop]

    def awaited_session(self) -> Session | None:
        """Return the session that awaited requests of the running loop share, None where each has its own."""
        assert self.library.awaited is not None
        loop = asyncio.get_running_loop()
        session = self.awaited.get(loop)
        if session is None and loop in self.awaiting:
            session = self.awaited[loop] = self.library.awaited(self.proxies, self.most)
        return session

    async def send_in_thread(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request in a thread, which ends soon where this is cancelled."""
        try:
            return await asyncio.to_thread(lambda: driven(self.send(outgoing, deadline)))
        except asyncio.CancelledError:
            deadline.end()
            raise

    async def open(self, outgoing: Outgoing, deadline: Deadline) -> Opened:
        """Send a plain call's request, and return its answer when the head is there, without suspending."""
        return await self.called_session().open(outgoing, deadline)

    async def aopen(self, outgoing: Outgoing, deadline: Deadline) -> Opened:
        """Send an awaited request likewise; each wait of a library that only calls is one of a thread."""
        if self.library.awaited is None:
            return in_threads(await in_thread(deadline, self.open, outgoing, deadline))
        session = self.awaited_session()
        if session is not None:
            return await session.open(outgoing, deadline)
        opened: Opened = await within(deadline, self.open_apart, outgoing, deadline)
        return opened

    async def open_apart(self, outgoing: Outgoing, deadline: Deadline) -> Opened:
        """Send an awaited request by a session of its own, which ends with the answer."""
        assert self.library.awaited is not None
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(self.turn())
            session = self.library.awaited(self.proxies, 1)
            stack.push_async_callback(session.close)
            opened = await session.open(outgoing, deadline)
            stack.push_async_callback(opened.close)
            held = stack.pop_all()
        return opened._replace(close=held.aclose)

    def enter(self) -> None:
        """Count a ``with``."""
        with self.lock:
            self.entered += 1

    def leave(self) -> bool:
        """Count its end, and return whether all have ended."""
        with self.lock:
            self.entered -= 1
            return self.entered <= 0

    def aenter(self) -> None:
        """Count an ``async with``, in which the awaited requests of the running loop share a session."""
        loop = asyncio.get_running_loop()
        self.awaiting[loop] = self.awaiting.get(loop, 0) + 1

    def aleave(self) -> bool:
        """Count its end, and return whether all of the running loop have ended."""
        loop = asyncio.get_running_loop()
        self.awaiting[loop] = self.awaiting.get(loop, 1) - 1
        return self.awaiting[loop] <= 0

    def close(self) -> None:
        """Close the session of plain calls."""
        with self.lock:
            session, self.called = self.called, None
        if session is not None:
            driven(session.close())

    def __del__(self) -> None:
        with contextlib.suppress(Exception):  # the interpreter may be ending
            self.close()

    async def aclose(self) -> None:
        """Close the session of plain calls and that of the running loop."""
        self.close()
        loop = asyncio.get_running_loop()
        self.awaiting.pop(loop, None)
        session = self.awaited.pop(loop, None)
        if session is not None:
            await session.close()


async def in_thread(deadline: Deadline, function: Callable[..., Coroutine[Any, Any, Any]], *arguments: Any) -> Any:
    """Run a coroutine function that never suspends in a thread, which ends soon where this is cancelled or late."""

    async def run() -> Any:
        try:
            return await asyncio.to_thread(lambda: driven(function(*arguments)))
        except asyncio.CancelledError:
            deadline.end()
            raise

    return await within(deadline, run)


def in_threads(opened: Opened) -> Opened:
    """Return an answer of a library that only calls as one that is awaited."""

    async def read(deadline: Deadline) -> bytes:
        piece: bytes = await in_thread(deadline, opened.read, deadline)  # type: ignore[arg-type]
        return piece

    return opened._replace(read=read)
