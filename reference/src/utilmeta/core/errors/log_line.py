"""What a client has sent, as it may stand in a log: on one line, with nothing in it that moves a terminal's cursor.

A path, a method or a header is the client's text, and may hold a line break that makes two records of one, escape
sequences of terminals, or marks that turn the direction of the text around (SECURITY-2a).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

# C0, DEL and C1; what Unicode has for line breaks and directions; halves of characters, which no stream can write.
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    """The text with every such character escaped as Python writes it: ``\\n``, ``\\x1b``, ``\\u2028``."""
    return UNSAFE.sub(escape, text)


def escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


class OneLine(logging.Filter):
    """Escapes the arguments of a record; its message is its author's."""

    def filter(self, record: logging.LogRecord) -> bool:
        if type(record.args) is tuple:
            record.args = tuple(map(escaped, record.args))
        return True


def escaped(argument: Any) -> Any:
    if isinstance(argument, (int, float)):
        return argument
    try:
        text = str(argument)
    except Exception:  # noqa: BLE001 - it is logging that shows what cannot be shown
        return argument
    line = one_line(text)
    return argument if line == text else line


def escape_arguments(*names: str) -> None:
    """Have the loggers of these names escape the arguments of what they log."""
    add(names, OneLine())


def add(names: Iterable[str], filter: logging.Filter) -> None:
    for name in names:
        logger = logging.getLogger(name)
        if not any(type(known) is type(filter) for known in logger.filters):
            logger.addFilter(filter)


escape_arguments("utilmeta")
