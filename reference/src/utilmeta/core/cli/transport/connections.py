"""The sessions of a client: one for plain calls, and one for each event loop that awaits."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from utilmeta.core.cli.transport.deadline import Deadline, within
from utilmeta.core.cli.transport.message import Answer, Library, Outgoing, Proxies, Session
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

    def __init__(self, library: Library, proxies: Proxies) -> None:
        self.library = library
        self.proxies = proxies
        self.lock = Lock()
        self.called: Session | None = None
        self.entered = 0
        self.awaited: WeakKeyDictionary[asyncio.AbstractEventLoop, Session] = WeakKeyDictionary()
        self.awaiting: WeakKeyDictionary[asyncio.AbstractEventLoop, int] = WeakKeyDictionary()

    def check(self, *, asynchronous: bool) -> None:
        """Raise TypeError where the library has no plain calls, and one is to be made."""
        if not asynchronous and self.library.call is None:
            raise TypeError(
                f"{self.library.name} is asynchronous alone; call an `async def` request function or async_request, or "
                "take another backend, such as urllib"
            )

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a plain call's request, without suspending."""
        with self.lock:
            if self.called is None:
                assert self.library.call is not None
                self.called = self.library.call(self.proxies)
            session = self.called
        return await session.send(outgoing, deadline)

    async def asend(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send an awaited request, in a thread where the library only calls."""
        if self.library.awaited is None:
            answer: Answer = await within(deadline, self.send_in_thread, outgoing, deadline)
            return answer
        loop = asyncio.get_running_loop()
        session = self.awaited.get(loop)
        if session is None and loop in self.awaiting:
            session = self.awaited[loop] = self.library.awaited(self.proxies)
        if session is not None:
            return await session.send(outgoing, deadline)
        session = self.library.awaited(self.proxies)
        try:
            return await session.send(outgoing, deadline)
        finally:
            await session.close()

    async def send_in_thread(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a request in a thread, which ends soon where this is cancelled."""
        try:
            return await asyncio.to_thread(lambda: driven(self.send(outgoing, deadline)))
        except asyncio.CancelledError:
            deadline.end()
            raise

    def enter(self) -> None:
        """Count a ``with``."""
        with self.lock:
            self.entered += 1

    def leave(self) -> bool:
        """Count its end, and return whether all have ended."""
        with self.lock:
            self.entered = max(self.entered - 1, 0)
            return not self.is_entered

    @property
    def is_entered(self) -> bool:
        """Whether a ``with`` or an ``async with`` has not ended, the latter of an event loop that is still there."""
        return bool(self.entered or any(self.awaiting.values()))

    def aenter(self) -> None:
        """Count an ``async with``, in which the awaited requests of the running loop share a session."""
        loop = asyncio.get_running_loop()
        with self.lock:
            self.awaiting[loop] = self.awaiting.get(loop, 0) + 1

    async def aleave(self) -> bool:
        """Count its end, close the running loop's session with its last, and return whether all have ended."""
        loop = asyncio.get_running_loop()
        with self.lock:
            left = self.awaiting.pop(loop, 1) - 1
            if left > 0:
                self.awaiting[loop] = left
            ended = not self.is_entered
        if left <= 0:
            await self.close_awaited(loop)
        return ended

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
        with self.lock:
            self.awaiting.pop(loop, None)
        await self.close_awaited(loop)

    async def close_awaited(self, loop: asyncio.AbstractEventLoop) -> None:
        """Close the session of the running loop."""
        session = self.awaited.pop(loop, None)
        if session is not None:
            await session.close()
