"""Logging of exceptions of any class, which may fail to be shown, and the release of what they hold afterwards.

An exception's class may override anything. So attributes are read as BaseException has them, or errors of the access
are expected.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from typing import Any

from utilmeta.core.errors.exception_group import members_of
from utilmeta.core.errors.interruption import raise_interruption, slots
from utilmeta.core.errors.log_line import escaped
from utilmeta.utils.exceptions import HTTPError

# Exceptions in a chain; a longer chain counts as endless.
MOST_LINKS = 10_000


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
    seen: dict[int, BaseException] = {}  # holds the exceptions, so that no id is used twice
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
            if issubclass(type(each), HTTPError):  # the causes of others may still be read from a log
                slots["__cause__"].__set__(each, None)
