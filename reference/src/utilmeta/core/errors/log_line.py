"""Escaping of client input in log records, so that each record stays one line.

A path, a method or a header is the client's text. It may hold line breaks, which would forge a second record, escape
sequences, which control a terminal, or marks that reverse the direction of text (SECURITY-2a).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

# C0, DEL and C1; Unicode's line breaks and direction marks; lone surrogates, which no stream can write.
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return ``text`` with control, line-break and direction characters escaped as Python does, such as ``\\n``."""
    return UNSAFE.sub(escape, text)


def escape(match: re.Match[str]) -> str:
    """Return Python's escape sequence for the matched character."""
    return match[0].encode("unicode_escape").decode("ascii")


class OneLine(logging.Filter):
    """Logging filter that escapes the arguments of each record; the message itself is trusted."""

    def filter(self, record: logging.LogRecord) -> bool:
        if type(record.args) is tuple:
            record.args = tuple(map(escaped, record.args))
        return True


def escaped(argument: Any) -> Any:
    """Return an argument of a log record with unsafe characters escaped; numbers and harmless texts stay."""
    if isinstance(argument, (int, float)):
        return argument
    try:
        text = str(argument)
    except Exception:  # noqa: BLE001 - it is logging that shows what cannot be shown
        return argument
    line = one_line(text)
    return argument if line == text else line


def escape_arguments(*names: str) -> None:
    """Install the escaping filter on the loggers of these names."""
    add(names, OneLine())


def add(names: Iterable[str], filter: logging.Filter) -> None:
    """Add ``filter`` to the named loggers that have no filter of its class yet."""
    for name in names:
        logger = logging.getLogger(name)
        if not any(type(known) is type(filter) for known in logger.filters):
            logger.addFilter(filter)


escape_arguments("utilmeta")
