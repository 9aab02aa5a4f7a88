"""Compiles ``strftime`` patterns; those of plain fields, which nearly all are, run some times faster."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, tzinfo
from operator import attrgetter
from typing import Any

Write = Callable[[Any], str]
"""Formats a date, time or datetime."""

FIELDS = {
    "Y": ("%04d", "year"),
    "m": ("%02d", "month"),
    "d": ("%02d", "day"),
    "H": ("%02d", "hour"),
    "M": ("%02d", "minute"),
    "S": ("%02d", "second"),
    "f": ("%06d", "microsecond"),
}
DIRECTIVE = re.compile(r"%(.)", re.DOTALL)


def compile_fields(pattern: str, kind: type[date] | type[time]) -> Write | None:
    """A function that formats values of ``kind`` by ``pattern``; None where that has more than plain fields, such as a
    weekday or an offset."""
    template, names = "", []
    for number, part in enumerate(DIRECTIVE.split(pattern)):
        if number % 2 == 0:
            if "%" in part:
                return None
            template += part
        elif part == "%":
            template += "%%"
        elif part in FIELDS and hasattr(kind, FIELDS[part][1]):
            written, name = FIELDS[part]
            template += written
            names.append(name)
        else:
            return None
    if not names:
        text = template % ()
        return lambda value: text
    fields = attrgetter(*names)
    return lambda value: template % fields(value)


def compile_pattern(pattern: str, kind: type[date] | type[time]) -> Write:
    """A function that formats values of ``kind`` as ``strftime`` does, with four digits for years before 1000, which
    glibc writes with fewer."""

    def strftime(value: Any) -> str:
        year = getattr(value, "year", 1000)
        if year >= 1000:
            return str(value.strftime(pattern))
        padded = "%%".join(part.replace("%Y", f"{year:04d}") for part in pattern.split("%%"))
        return str(value.strftime(padded))

    return compile_fields(pattern, kind) or strftime


def compile_datetime(pattern: str, zone: tzinfo) -> Write:
    """A function that formats datetimes in ``zone``: an aware one is converted, a naive one is taken to be in it
    (TIME-5)."""
    fields = compile_fields(pattern, datetime)
    strftime = compile_pattern(pattern, datetime)

    def write_fields(value: datetime) -> str:
        return strftime(value if value.tzinfo is None else value.astimezone(zone))

    def write(value: datetime) -> str:
        return strftime(value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone))

    return write if fields is None else write_fields
