"""Normalises texts of failures, so that a failure reads the same in every run and on every machine."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path

from conformance.foundation.untrusted_text import one_line, shortened
from conformance.judging.failure import LONGEST

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_RANDOM_WORD = re.compile(r"[A-Za-z]?[0-9a-fA-F]{8,}")
_WEEKDAY = r"(?:\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +)?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DAY = re.compile(rf"{_WEEKDAY}\b(?:\d{{1,2}}[ /-]{_MONTH}|{_MONTH} +\d{{1,2}})\b")
_IN_PATH = r"[^\s/'\":,()<>]"
_MODULE = re.compile(rf"(?:(?<![\w\\.+-])[\w.+-]+)?(?:/{_IN_PATH}+)+/({_IN_PATH}+\.py)\b")
_LIBRARY = re.compile(rf"(?:/{_IN_PATH}+)*/(?:bin|lib(?:64)?)/python[\d.]*(?:/{_IN_PATH}*)*")
_PYTHON = re.compile(r"\b(cpython-|py)3\d+\b")
_JOINED = re.compile(r"\d+(?:[.:h-]\d+)+")  # an address, a version, a date, a time, a number with a fraction
_DATE = re.compile(r"\b\d{4}/\d\d/\d\d\b")
_DURATION = re.compile(r"\b\d+(?= ?(?:ms|us|µs|ns)\b)|(?<=\bwithin )\d+(?:\.\d+)?(?= s\b)")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]+\b")
_OFFSET = re.compile(r"(?<=\d)[+-]\d\d:?\d\d\b")  # of a time zone
_LARGE = re.compile(r"\d{4,}")
_METHODS = re.compile(r"\[([A-Z]+(?:,[A-Z]+)+)\]")  # a set's own order is another one in each process
_PROCESS = re.compile(r"(\bpid'?[ :=]{1,2}\[?)\d+", re.IGNORECASE)  # below a thousand it is not large
_LINE = re.compile(r"\bline \d+")
_BROKEN_OFF = re.compile(  # how a connection ends when its service does is a matter of moments
    r"gave no whole answer: (?:\[Errno|can't handle event type).*|closed the connection without an answer\.?"
)
_SHARED_ADDRESSES = ("0.0.0.0", "127.0.0.1")


def below(folders: Iterable[Path]) -> re.Pattern[str]:
    """Return a pattern of these folders and of all paths below them; of one like `/tmp`, which could be the path of a
    request, of those below it alone."""
    found = {path for folder in folders for path in (folder, folder.resolve()) if path.is_absolute() and path.name}
    longest_first = sorted(found, key=lambda path: len(str(path)), reverse=True)
    inside = rf"(?:/{_IN_PATH}*)+"
    ends = [inside if len(path.parts) == 2 else rf"(?:{inside}|(?![\w.-]))" for path in longest_first]
    return re.compile("|".join(f"{re.escape(str(path))}{end}" for path, end in zip(longest_first, ends, strict=True)))


_FOLDERS = below(
    [
        Path(tempfile.gettempdir()),
        Path(__file__).parents[2],  # the project, or where it is installed
        Path.cwd(),  # it has the environments
        Path(os.path.expanduser("~")),
        Path(sys.prefix),
        Path(sys.base_prefix),
    ]
)


def normalise(text: str) -> str:
    """Mask by `*` what a run makes up or a machine gives out: random words and numbers, pids, ports, addresses, times.

    Everything else stays: a status, a media type, the class of an exception or a text of the implementation tells one
    failure from another. So do paths of requests: of files those are masked that are below folders of this machine, or
    in a library of Python. Folders before the name of a module are left out, sets of methods are put in order, and how
    a connection breaks off is not told.
    """
    text = _BROKEN_OFF.sub("gave no whole answer", text)
    text = _MODULE.sub(r"\1", text)
    text = _LIBRARY.sub("*", _FOLDERS.sub("*", text))
    text = _LINE.sub("line *", text)
    text = _UUID.sub("*", text)
    text = _DATE.sub("*", _DAY.sub("*", text))
    text = _DURATION.sub("*", _ADDRESS.sub("0x*", _PYTHON.sub(r"\1*", text)))
    text = _RANDOM_WORD.sub("*", text)
    text = _JOINED.sub(_join, _OFFSET.sub("±*", text))
    text = _METHODS.sub(lambda found: f"[{','.join(sorted(found[1].split(',')))}]", text)
    return _LARGE.sub("*", _PROCESS.sub(r"\1*", text))


def normalised_line(text: str) -> str:
    """Return a text as a failure holds it: normalised, on one line, and cut where it is long."""
    return shortened(one_line(normalise(text)), LONGEST)


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
