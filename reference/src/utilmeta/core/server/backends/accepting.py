"""Listening sockets of event loops, where the process has no file descriptor left (SECURITY-6b)."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Callable, Iterable
from typing import Any

EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}

# Seconds until the next try, as of asyncio.
PAUSE = 1

log = logging.getLogger("utilmeta")


class Exhausted(OSError):
    """There is no descriptor for the next connection; logged already."""


class Listening(socket.socket):
    """``accept`` raises Exhausted once, for asyncio to pause, and then as if no connection came: asyncio alone tries as
    often as its backlog is long, and logs a traceback each time. With ``pause``, that is called in its place."""

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
    """The sockets, which are of no more use themselves."""
    return [Listening(sock, pause) for sock in sockets]


def log_others() -> None:
    """Have the running loop log exceptions as it does, but for what is logged already."""
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
