"""Listening sockets for event loops, which pause when the process has no file descriptor left (SECURITY-6b)."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Callable, Iterable
from typing import Any

EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}

# Seconds until the next try, as in asyncio.
PAUSE = 1

log = logging.getLogger("utilmeta")


class Exhausted(OSError):
    """Raised where there is no descriptor for the next connection; it has been logged already."""


class Listening(socket.socket):
    """Listening socket whose ``accept`` pauses for a second when file descriptors run out.

    It raises Exhausted once, at which asyncio pauses, and then acts as if no connection came: asyncio alone would try
    as often as its backlog is long, and log a traceback each time. A function ``pause`` is called in place of all that.
    """

    def __init__(self, sock: socket.socket, pause: Callable[[Listening], None] | None = None) -> None:
        super().__init__(fileno=sock.detach())
        self.setblocking(False)
        self.pause = pause
        self.exhausted = False

    def accept(self) -> tuple[socket.socket, Any]:
        if self.exhausted:
            self.exhausted = False
            raise BlockingIOError
        try:
            return super().accept()
        except OSError as error:
            if error.errno not in EXHAUSTED:
                raise
            log.warning("no connection is accepted for %d s: %s", PAUSE, error.strerror)
            if self.pause is not None:
                self.pause(self)
                raise BlockingIOError from error
            self.exhausted = True
            raise Exhausted(error.errno, error.strerror) from error


def listening(sockets: Iterable[socket.socket], pause: Callable[[Listening], None] | None = None) -> list[Listening]:
    """Return Listening sockets for these sockets, which cannot be used any more themselves."""
    return [Listening(sock, pause) for sock in sockets]


def log_others() -> None:
    """Keep Exhausted, which is logged already, out of the running loop's log of exceptions."""
    loop = asyncio.get_running_loop()
    handler = loop.get_exception_handler()

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if isinstance(context.get("exception"), Exhausted):
            return
        if handler is None:
            loop.default_exception_handler(context)
        else:
            handler(loop, context)

    loop.set_exception_handler(handle)
