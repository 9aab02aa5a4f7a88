"""What the service's own code raises: told from what its server sends, shown in the log, and let go of.

Code of the user's may raise anything, an exit or a cancellation of its own making too, and all of it is an answer
(ERROR-5). What its server itself sends into a request goes through:

    CancelledError      while the running task is being cancelled
    GreenletExit        always: gevent's way to end a greenlet
    GeneratorExit       thrown by ``close()``
    any exit            raised by a handler of a signal, and the KeyboardInterrupt that Python raises for SIGINT itself

An exception may be of any class, so nothing is asked of one here that its class could answer in another way, or what
that raises is expected.
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
    """Whether somebody has cancelled the running task; not what it awaits."""
    try:
        task: Any = asyncio.current_task()
    except RuntimeError:  # no loop runs here
        return False
    return task is not None and (task.cancelling() > 0 if COUNTS else task in cancelled)


def cancel(task: asyncio.Future[Any]) -> None:
    """Cancel a task so that ``is_being_cancelled`` in it."""
    cancelled.add(task)
    task.cancel()


def is_at_raise(step: TracebackType) -> bool:
    """Whether it is a ``raise`` that was left there, and no call or ``await``."""
    return step.tb_frame.f_code.co_code[step.tb_lasti] == RAISE


def is_signal_handler(frame: FrameType) -> bool:
    """Whether Python has called this function for a signal: it is given the frame that it interrupts."""
    given = inspect.getargvalues(frame)
    values = [given.locals.get(name) for name in given.args]
    if given.varargs:
        values += given.locals.get(given.varargs, ())
    return frame.f_back is not None and any(value is frame.f_back for value in values)


def traceback_of(error: BaseException) -> Iterator[TracebackType]:
    step = slots["__traceback__"].__get__(error)
    while step is not None:
        yield step
        step = step.tb_next


async def outcome(awaitable: Any) -> tuple[Any, BaseException | None]:
    """What a task of ours gives: the result, or the exception, which asyncio would let an exit end its loop by."""
    try:
        return await awaitable, None
    except BaseException as error:  # noqa: BLE001 - it is handed to who waits
        raise_interruption(error)
        return None, error


# --- what it says ---


def text_of(error: BaseException) -> str | None:
    """The exception's text; None where it has none to give."""
    try:
        return str(error)
    except BaseException as broken:  # noqa: BLE001 - the text is the user's code
        raise_interruption(broken)
        return None


def title_of(error: BaseException) -> str:
    """Its class and its text, as the last line of a traceback."""
    text = text_of(error)
    return type(error).__name__ if text is None else f"{type(error).__name__}: {text}"


def http_error(error: BaseException) -> BaseException:
    """What an exception is answered as: of a group of HTTP errors alone, the first of the highest status (ERROR-7)."""
    if issubclass(type(error), HTTPError):
        return error
    leaves = list(leaves_of(error))
    statuses = [http_status_of(each) for each in leaves]
    if (len(leaves) == 1 and leaves[0] is error) or None in statuses:
        return error
    return leaves[statuses.index(max(statuses))]  # type: ignore[type-var]


def http_status_of(error: BaseException) -> int | None:
    """The status of an HTTP error, of ours or of the framework; None for any other exception."""
    if isinstance(error, HTTPError):
        return error.status
    answer = answer_of(error)
    return None if answer is None else answer.status


def leaves_of(error: BaseException) -> Iterator[BaseException]:
    """The exceptions in a group, nested ones too; any other exception alone."""
    left = [error]
    while left:
        each = left.pop()
        inner = members_of(each)
        if inner:
            left += reversed(inner)
        else:
            yield each


def members_of(error: BaseException) -> Sequence[BaseException]:
    """Those of a group: of Python's own, or until 3.11 of the package exceptiongroup where somebody has imported it."""
    kind: Any = getattr(builtins, "BaseExceptionGroup", None)
    if kind is None:
        kind = getattr(sys.modules.get("exceptiongroup"), "BaseExceptionGroup", ())
    return error.exceptions if issubclass(type(error), kind) else ()  # type: ignore[attr-defined]


# --- the log ---


class Unshowable(Exception):
    """Stands in the log for an exception that cannot be shown."""


def log_raised(log: logging.Logger, message: str, *arguments: Any, error: BaseException) -> None:
    """Log an exception with its traceback. Whatever that, or a handler of the user's, raises ends here (ERROR-6)."""
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
    """What is sure to be shown of an exception and of those behind it: class, text and traceback of each."""
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
    return Unshowable(title_of(error)).with_traceback(slots["__traceback__"].__get__(error))


def check_shown(error: BaseException) -> None:
    """Raise what looking for the exceptions behind it raises, or ValueError where they do not end, as the log would
    not."""
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
    """Let go of the frames of an exception that has been answered, and of those behind it: who keeps one to raise it
    again would keep its requests."""
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
