"""Normalises texts of failures, so that a failure reads the same in every run and on every machine."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection
from functools import cached_property

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_RANDOM_WORD = re.compile(r"[A-Za-z]?[0-9a-fA-F]{8,}")
_DAY = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? \d{1,2}[ -][A-Z][a-z]{2}\b")
_TEMPORARY = re.compile(rf"{re.escape(tempfile.gettempdir())}/[^\s'\":,()<>]*")
_MODULE = re.compile(r"(?:/[^\s/'\":,()<>]+)+/([^\s/'\":,()<>]+\.py)\b")
_JOINED = re.compile(r"\d+(?:[.:h-]\d+)+")  # an address, a version, a date, a time, a number with a fraction
_OFFSET = re.compile(r"(?<=\d)[+-]\d\d:?\d\d\b")  # of a time zone
_LARGE = re.compile(r"\d{4,}")
_METHODS = re.compile(r"\[([A-Z]+(?:,[A-Z]+)+)\]")  # a set's own order is another one in each process
_PROCESS = re.compile(r"('pid': )\d+")  # of an event: below a thousand it is not large
_LINE = re.compile(r"\bline \d+")
_BROKEN_OFF = re.compile(  # how a connection ends when its service does is a matter of moments
    r"gave no whole answer: (?:\[Errno|can't handle event type).*|closed the connection without an answer\.?"
)
_SHARED_ADDRESSES = ("0.0.0.0", "127.0.0.1")


def normalise(text: str) -> str:
    """Mask by `*` what a run makes up or a machine gives out: random words and numbers, pids, ports, addresses, times.

    Everything else stays: a status, a media type, the class of an exception or a text of the implementation tells one
    failure from another. Folders before the name of a module are left out, sets of methods are put in order, and how a
    connection breaks off is not told.
    """
    text = _BROKEN_OFF.sub("gave no whole answer", text)
    text = _MODULE.sub(r"\1", text)
    text = _TEMPORARY.sub("*", text)
    text = _LINE.sub("line *", text)
    text = _UUID.sub("*", text)
    text = _DAY.sub("*", text)
    text = _RANDOM_WORD.sub("*", text)
    text = _JOINED.sub(_join, _OFFSET.sub("±*", text))
    text = _METHODS.sub(lambda found: f"[{','.join(sorted(found[1].split(',')))}]", text)
    return _LARGE.sub("*", _PROCESS.sub(r"\1*", text))


class Mask:
    """Masks what a case drew, and what `normalise` masks, in the texts and numbers of its failure."""

    def __init__(self, drawn: Collection[str | int] = ()) -> None:
        self._words = sorted((value for value in drawn if isinstance(value, str)), key=len, reverse=True)
        self._numbers = {value for value in drawn if not isinstance(value, str)}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        parts = [*map(re.escape, self._words), *(rf"(?<![\w.]){number}(?![\w.])" for number in self._numbers)]
        return re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def text(self, text: str) -> str:
        """Return a text with `*` in place of each drawn or passing value."""
        return normalise(text if self._pattern is None else self._pattern.sub("*", text))

    def number(self, number: float, status: bool = False) -> str:
        """Return a number as text, or `*`; of a status only what was chosen is masked, not what was drawn by chance."""
        masked = str(number) in self._words or (number in self._numbers and not status)
        return "*" if masked else normalise(repr(number))


def _join(match: re.Match[str]) -> str:
    address, colon, _ = match[0].partition(":")
    if address in _SHARED_ADDRESSES:
        return f"{address}{colon}*" if colon else address
    return re.sub(r"\d+", "*", match[0])
