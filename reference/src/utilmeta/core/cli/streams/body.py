"""The body of an answer that is open: its pieces, each within its time, and its end."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from utilmeta.core.cli.error import Aborted, ClientError, TimedOut
from utilmeta.core.cli.request import ClientRequest
from utilmeta.core.cli.transport.connections import driven
from utilmeta.core.cli.transport.deadline import Deadline
from utilmeta.core.cli.transport.message import Opened


class Pace:
    """The time of a stream: all of it until ``whole``, and ``between`` seconds for each piece; None is no end."""

    def __init__(self, whole: Deadline, between: float | None = None) -> None:
        self.whole = whole
        self.between = between

    def deadline(self) -> Deadline:
        """Return the deadline of the next piece. Raises TimeoutError where the time of the stream is over."""
        self.whole.left()
        piece = Deadline(self.between)
        if self.whole.ends < piece.ends:
            piece.ends, piece.seconds = self.whole.ends, self.whole.seconds
        return piece


class Body:
    """The body of an open answer to a request; it is closed once, at the latest when nothing refers to it."""

    def __init__(self, opened: Opened, request: ClientRequest, pace: Pace, *, asynchronous: bool) -> None:
        self.opened: Opened | None = opened
        self.request = request
        self.pace = pace
        self.loop = asyncio.get_running_loop() if asynchronous else None

    async def read(self) -> bytes:
        """Return what there is, empty at the end. Raises Aborted and TimedOut, and has closed it then."""
        if self.opened is None:
            return b""
        try:
            piece = await self.opened.read(self.pace.deadline())
        except Exception as error:
            failed = self.failure(error)
            await self.close()
            raise failed from error
        except BaseException:
            await self.close()
            raise
        if not piece:
            await self.close()
        return piece

    def failure(self, error: Exception) -> ClientError:
        """Return what an exception of a library means."""
        seconds = self.pace.whole.seconds if self.pace.whole.is_over else self.pace.between
        if isinstance(error, TimeoutError) or self.pace.whole.is_over:
            within = "in time" if seconds is None else f"within {seconds:g} seconds"
            return TimedOut(f"{self.request.place}: the stream did not go on {within}", self.request)
        return Aborted(f"{self.request.place}: the stream ended too early ({type(error).__name__})", self.request)

    async def close(self) -> None:
        """Close the connection, or keep it where all was read."""
        opened, self.opened = self.opened, None
        if opened is not None:
            with contextlib.suppress(Exception):  # there is nothing left to lose
                await opened.close()

    def __del__(self) -> None:
        opened: Any = getattr(self, "opened", None)
        if opened is None:
            return
        with contextlib.suppress(Exception):  # the interpreter may be ending
            if self.loop is None:
                driven(opened.close())
            elif not self.loop.is_closed():
                self.loop.call_soon_threadsafe(lambda: asyncio.ensure_future(opened.close()))
