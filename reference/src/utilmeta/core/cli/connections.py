"""The sessions of a client: one for plain calls, and one for each event loop that awaits."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Lock
from weakref import WeakKeyDictionary

from utilmeta.core.cli.deadline import Deadline
from utilmeta.core.cli.message import Answer, Library, Outgoing, Proxies, Session


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
        self.awaited: WeakKeyDictionary[asyncio.AbstractEventLoop, Session] = WeakKeyDictionary()
        self.entered: WeakKeyDictionary[asyncio.AbstractEventLoop, bool] = WeakKeyDictionary()

    async def send(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send a plain call's request, without suspending. Raises TypeError where the library cannot."""
        if self.library.call is None:
            raise TypeError(
                f"{self.library.name} is asynchronous alone; call an `async def` request function or async_request, or "
                "take another backend, such as urllib"
            )
        with self.lock:
            if self.called is None:
                self.called = self.library.call(self.proxies)
            session = self.called
        return await session.send(outgoing, deadline)

    async def asend(self, outgoing: Outgoing, deadline: Deadline) -> Answer:
        """Send an awaited request, in a thread where the library only calls."""
        if self.library.awaited is None:
            from utilmeta.core.cli.call import driven

            call = asyncio.to_thread(lambda: driven(self.send(outgoing, deadline)))
            return await asyncio.wait_for(call, deadline.left())
        loop = asyncio.get_running_loop()
        if loop in self.entered:
            if loop not in self.awaited:
                self.awaited[loop] = self.library.awaited(self.proxies)
            return await self.awaited[loop].send(outgoing, deadline)
        session = self.library.awaited(self.proxies)
        try:
            return await session.send(outgoing, deadline)
        finally:
            await session.close()

    def enter(self) -> None:
        """Let the awaited requests of the running loop share a session."""
        self.entered[asyncio.get_running_loop()] = True

    def close(self) -> None:
        """Close the session of plain calls."""
        with self.lock:
            session, self.called = self.called, None
        if session is not None:
            from utilmeta.core.cli.call import driven

            driven(session.close())

    def __del__(self) -> None:
        with suppress(Exception):  # the interpreter may be ending
            self.close()

    async def aclose(self) -> None:
        """Close both sessions."""
        self.close()
        loop = asyncio.get_running_loop()
        self.entered.pop(loop, None)
        session = self.awaited.pop(loop, None)
        if session is not None:
            await session.close()
