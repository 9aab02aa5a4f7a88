"""Exceptions of the service's code: told apart from the server's interruptions, logged, and released after the answer.

User code may raise anything, even an exit or a cancellation of its own making, and all of it becomes an answer
(ERROR-5). What the server itself sends into a request passes through:

    CancelledError      while the running task is being cancelled
    GreenletExit        always: gevent's way to end a greenlet
    GeneratorExit       thrown by ``close()``
    any exit            raised by a signal handler, and the KeyboardInterrupt that Python raises for SIGINT itself

An exception may be of any class, which may override anything. So attributes are read as BaseException has them, or
errors of the access are expected.
"""

from __future__ import annotations

import asyncio
import builtins
import contextlib
import dis
import inspect
import logging
import sys
from collections.abc import Iterator, Sequence
from types import FrameType, TracebackType
from typing import Any
from weakref import WeakSet

from utilmeta.core.errors.framework import answer_of
from utilmeta.core.errors.log_line import escaped
from utilmeta.utils.exceptions import HTTPError

RAISE = dis.opmap["RAISE_VARARGS"]

# Exceptions behind one: more of them are taken for endless.
MOST_LINKS = 10_000

# Where a task does not count its cancellations (until Python 3.11): those that were cancelled by ``cancel``.
COUNTS = hasattr(asyncio.Task, "cancelling")
cancelled: WeakSet[asyncio.Future[Any]] = WeakSet()

# As BaseException has them, whatever a class of the user's says.
slots: dict[str, Any] = vars(BaseException)  # type: ignore[assignment]


# --- whose it is ---


def raise_interruption(error: BaseException) -> None:
    """Raise ``error`` again if the server has sent it; return if the user's code has raised it."""
    if not issubclass(type(error), Exception) and is_interruption(error):
        raise error


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


# --- what it says ---


def text_of(error: BaseException) -> str | None:
    """Return the exception's text, None where its ``__str__`` fails."""
    try:
        return str(error)
    except BaseException as broken:  # noqa: BLE001 - the text is the user's code
        raise_interruption(broken)
        return None


def title_of(error: BaseException) -> str:
    """Return the exception's class name and text, as the last line of a traceback has them."""
    text = text_of(error)
    return type(error).__name__ if text is None else f"{type(error).__name__}: {text}"


def http_error(error: BaseException) -> BaseException:
    """Return the exception that decides the answer (ERROR-7).

    For a group of HTTP errors alone it is the first one with the highest status; otherwise it is ``error`` itself.
    """
    if issubclass(type(error), HTTPError):
        return error
    leaves = list(leaves_of(error))
    statuses = [http_status_of(each) for each in leaves]
    if (len(leaves) == 1 and leaves[0] is error) or None in statuses:
        return error
    return leaves[statuses.index(max(statuses))]  # type: ignore[type-var]


def http_status_of(error: BaseException) -> int | None:
    """Return the status of an HTTP error, of UtilMeta or of the framework; None for any other exception."""
    if isinstance(error, HTTPError):
        return error.status
    answer = answer_of(error)
    return None if answer is None else answer.status


def leaves_of(error: BaseException) -> Iterator[BaseException]:
    """Yield the exceptions of a group, nested groups flattened; an exception that is no group yields itself."""
    left = [error]
    while left:
        each = left.pop()
        inner = members_of(each)
        if inner:
            left += reversed(inner)
        else:
            yield each


def members_of(error: BaseException) -> Sequence[BaseException]:
    """Return the direct members of an exception group, and nothing for any other exception.

    Until Python 3.11 groups are those of the package exceptiongroup, if it has been imported.
    """
    kind: Any = getattr(builtins, "BaseExceptionGroup", None)
    if kind is None:
        kind = getattr(sys.modules.get("exceptiongroup"), "BaseExceptionGroup", ())
    return error.exceptions if issubclass(type(error), kind) else ()  # type: ignore[attr-defined]


# --- the log ---


class Unshowable(Exception):
    """Replaces an exception in the log that cannot be formatted itself."""


def log_raised(log: logging.Logger, message: str, *arguments: Any, error: BaseException) -> None:
    """Log an exception with its traceback; nothing that formatting or a log handler raises gets out (ERROR-6)."""
    shown = error
    for _ in range(2):
        try:
            check_shown(shown)
            log.error(message, *arguments, exc_info=shown)
        except BaseException as broken:  # noqa: BLE001 - so may be a handler's
            raise_interruption(broken)
            shown = stand_in(error)
        else:
            return
    with contextlib.suppress(Exception):
        sys.stderr.write(f"{message % tuple(map(escaped, arguments))}: {shown}\n")


def stand_in(error: BaseException) -> Unshowable:
    """Return an exception that can surely be logged in place of ``error`` and its chain.

    It has the class name, text and traceback of each exception in the chain.
    """
    first = last = shown_alone(error)
    seen: set[int] = set()
    behind: BaseException | None = error
    while behind is not None and id(behind) not in seen:
        seen.add(id(behind))
        behind, context = (slots[name].__get__(behind) for name in ("__cause__", "__context__"))
        behind = context if behind is None else behind
        if behind is not None:
            last.__context__ = last = shown_alone(behind)
    return first


def shown_alone(error: BaseException) -> Unshowable:
    """Return the replacement of one exception, without its chain."""
    return Unshowable(title_of(error)).with_traceback(slots["__traceback__"].__get__(error))


def check_shown(error: BaseException) -> None:
    """Raise if the log could not show the exception.

    Raises what reading its chain of causes and contexts raises, or ValueError where that chain is endless.
    """
    seen: dict[int, BaseException] = {}  # it keeps them, and so their ids, until the end
    left = [error]
    while left:
        each = left.pop()
        if id(each) not in seen:
            seen[id(each)] = each
            getattr(each, "__notes__", None)
            behind = (each.__cause__, each.__context__, *members_of(each))
            left += [exception for exception in behind if exception is not None]
        if len(seen) > MOST_LINKS:
            raise ValueError("the exceptions behind it do not end")


# --- nothing of a request outlives its answer (ERROR-8) ---


def forget(error: BaseException) -> None:
    """Release the frames that an answered exception and its chain hold (ERROR-8).

    An exception that user code keeps, to raise it again, would otherwise keep its request in memory.
    """
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left:
        each = left.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            left += [slots["__cause__"].__get__(each), slots["__context__"].__get__(each), *members_of(each)]
            slots["__traceback__"].__set__(each, None)
            slots["__context__"].__set__(each, None)
            if issubclass(type(each), HTTPError):  # of another the cause is perhaps still to be read in a log
                slots["__cause__"].__set__(each, None)
