"""Interruptions: exceptions that the server sends into a request, told apart from those that user code raises.

User code may raise anything, even an exit or a cancellation of its own making, and all of it becomes an answer
(ERROR-5). What the server itself sends into a request passes through:

    CancelledError      while the running task is being cancelled
    GreenletExit        always: gevent's way to end a greenlet
    GeneratorExit       thrown by ``close()``
    any exit            raised by a signal handler, and the KeyboardInterrupt that Python raises for SIGINT itself

An exception may be of any class, which may override anything. So the traceback is read as BaseException has it.
"""

from __future__ import annotations

import asyncio
import dis
import inspect
import sys
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Any
from weakref import WeakSet

RAISE = dis.opmap["RAISE_VARARGS"]

# Tasks cancelled by ``cancel``, for Python 3.10, where a task does not count its cancellations.
COUNTS = hasattr(asyncio.Task, "cancelling")
cancelled: WeakSet[asyncio.Future[Any]] = WeakSet()

# The attributes as BaseException has them, which a user's class cannot override.
slots: dict[str, Any] = vars(BaseException)  # type: ignore[assignment]


def raise_interruption(error: BaseException) -> None:
    """Raise ``error`` again if the server has sent it; return if the user's code has raised it."""
    if not issubclass(type(error), Exception) and is_interruption(error):
        try:
            raise error
        finally:
            del error  # whose traceback has this frame


def is_interruption(error: BaseException) -> bool:
    """Return whether the server, not the user's code, has sent ``error``."""
    kind = type(error)
    if issubclass(kind, asyncio.CancelledError):
        return is_being_cancelled()
    greenlet = sys.modules.get("greenlet")
    if greenlet is not None and issubclass(kind, greenlet.GreenletExit):
        return True
    steps = list(traceback_of(error))
    if issubclass(kind, (GeneratorExit, KeyboardInterrupt)) and not is_at_raise(steps[-1]):
        return True
    return any(is_signal_handler(step.tb_frame) for step in steps)


def is_being_cancelled() -> bool:
    """Return whether the running task itself has been cancelled; an awaited task that was cancelled does not count."""
    try:
        task: Any = asyncio.current_task()
    except RuntimeError:  # no loop runs here
        return False
    return task is not None and (task.cancelling() > 0 if COUNTS else task in cancelled)


def cancel(task: asyncio.Future[Any]) -> None:
    """Cancel a task so that ``is_being_cancelled`` is true inside it, on every Python version."""
    cancelled.add(task)
    task.cancel()


def is_at_raise(step: TracebackType) -> bool:
    """Return whether the exception left this traceback entry by a ``raise`` statement, not by a call or ``await``."""
    return step.tb_frame.f_code.co_code[step.tb_lasti] == RAISE


def is_signal_handler(frame: FrameType) -> bool:
    """Return whether Python called this frame's function for a signal.

    A signal handler gets the interrupted frame as an argument, which is also its caller.
    """
    given = inspect.getargvalues(frame)
    values = [given.locals.get(name) for name in given.args]
    if given.varargs:
        values += given.locals.get(given.varargs, ())
    return frame.f_back is not None and any(value is frame.f_back for value in values)


def traceback_of(error: BaseException) -> Iterator[TracebackType]:
    """Yield the traceback entries of an exception, the outermost first."""
    step = slots["__traceback__"].__get__(error)
    while step is not None:
        yield step
        step = step.tb_next


async def outcome(awaitable: Any) -> tuple[Any, BaseException | None]:
    """Await ``awaitable`` and return its result and its exception, one of which is None.

    For tasks of our own: asyncio lets an exit that a task raises end the event loop.
    """
    try:
        return await awaitable, None
    except BaseException as error:  # noqa: BLE001 - it is handed to who waits
        raise_interruption(error)
        return None, error
