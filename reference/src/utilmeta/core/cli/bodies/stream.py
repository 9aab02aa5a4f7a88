"""A body of files, which are read as it is sent: in the call's time, and off the event loop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from threading import Thread
from typing import Any

from utilmeta.core.cli.transport.deadline import current, given_up
from utilmeta.core.file import File, Reading


class Stream:
    """A body whose ``parts`` are bytes and files; ``size`` is in bytes, None where reading alone tells.

    Each ``pieces`` and ``awaited_pieces`` begins again. Raises Unreadable for a file that cannot be read.
    """

    def __init__(self, parts: Sequence[bytes | File]) -> None:
        self.check_all(parts)
        self.parts = [(part, len(part) if isinstance(part, bytes) else part.size) for part in parts]
        sizes = [size for _, size in self.parts if size is not None]
        self.size = sum(sizes) if len(sizes) == len(self.parts) else None
        self.reading: Reading | None = None

    def check(self) -> None:
        """Raise Unreadable where it cannot be sent again."""
        self.check_all([part for part, _ in self.parts])

    @staticmethod
    def check_all(parts: Sequence[bytes | File]) -> None:
        """Raise Unreadable where a file cannot be read."""
        for part in parts:
            if isinstance(part, File):
                part.check()

    def pieces(self) -> Iterator[bytes]:
        """Yield its bytes. Raises TimeoutError when the time of the call is over, and Unreadable."""
        for part, size in self.parts:
            if isinstance(part, bytes):
                yield part
                continue
            self.reading = reading = part.opened(size)
            while piece := reading.read() if reading.quick else given_up(reading.read, current.get()):
                yield piece
            reading.close()

    async def awaited_pieces(self) -> AsyncIterator[bytes]:
        """Yield its bytes, which a thread reads. Raises Unreadable."""
        for part, size in self.parts:
            if isinstance(part, bytes):
                yield part
                continue
            self.reading = reading = part.opened(size)
            while piece := reading.read() if reading.in_memory else await in_thread(reading.read):
                yield piece
            reading.close()

    def close(self) -> None:
        """Let the file go that is being read."""
        if self.reading is not None:
            self.reading.close()


async def in_thread(function: Callable[[], Any]) -> Any:
    """Call a function in a thread, which is left behind where this is cancelled. Raises what the function raises.

    The threads of the event loop's own executor are waited for at its end, and a file may never give anything.
    """
    loop = asyncio.get_running_loop()
    told: asyncio.Future[Any] = loop.create_future()

    def tell(value: Any, error: BaseException | None) -> None:
        if told.done():
            return
        if error is None:
            told.set_result(value)
        else:
            told.set_exception(error)

    def run() -> None:
        value, error = None, None
        try:
            value = function()
        except Exception as raised:  # noqa: BLE001 - it is raised where it is waited for
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(tell, value, error)

    Thread(target=run, daemon=True, name="utilmeta-client").start()
    return await told
