"""Finds time zones: by IANA name, and the machine's local one.

The local zone is found as the C library finds it (tzset(3)): in the variable TZ, which holds a name, a file or a rule
such as ``EST5EDT,M3.2.0,M11.1.0``; without it in /etc/localtime. On Windows the registry says which it is.
"""

from __future__ import annotations

import io
import os
import re
import struct
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, available_timezones

LOCALTIME = "/etc/localtime"
NAMED = re.compile(r"/zoneinfo[^/]*/(?:posix/)?(.+)$")

# Years in which two zones have to agree to be taken for one: Python's own reach of a zone's rules without its last one.
YEARS = range(1970, 2038)

# What a file without transitions holds, twice, before its rule (RFC 8536, 3): one local time type, of UTC.
EMPTY = bytes(15) + struct.pack(">6L", 0, 0, 0, 0, 1, 4) + struct.pack(">lBB", 0, 0, 0) + b"UTC\0"

# ZoneInfoNotFoundError is a KeyError; a path or a folder for a name gives the other two.
UNKNOWN = (OSError, ValueError, KeyError)


def find_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises ValueError for an unknown one (TIME-1b)."""
    try:
        return ZoneInfo(name)
    except UNKNOWN:
        raise ValueError(f"unknown time zone {name!r}; use 'UTC' or an IANA name such as 'Asia/Tokyo'") from None


def local_zone() -> tzinfo:
    """Return the machine's time zone, from TZ or /etc/localtime as they are now; else a fixed zone with the present UTC
    offset. The zone that is returned does not follow later changes of TZ."""
    if sys.platform == "win32":
        from tzlocal import get_localzone

        return get_localzone()
    variable = os.environ.get("TZ")
    try:
        return zone_of(LOCALTIME if variable is None else variable.removeprefix(":") or "UTC")
    except UNKNOWN:
        return timezone(timedelta(seconds=time.localtime().tm_gmtoff))


def zone_of(text: str) -> ZoneInfo:
    """The zone of a file's path, an IANA name or a rule of TZ. Raises one of UNKNOWN."""
    if os.path.isabs(text):
        named = NAMED.search(os.path.realpath(text))
        if named is not None:
            return ZoneInfo(named[1])
        with open(text, "rb") as file:
            return ZoneInfo.from_file(file)
    try:
        return ZoneInfo(text)
    except UNKNOWN:
        return ZoneInfo.from_file(io.BytesIO(b"TZif2" + EMPTY + b"TZif2" + EMPTY + b"\n" + text.encode() + b"\n"))


def iana_name(zone: tzinfo) -> str | None:
    """The IANA name of a zone: its own, or that of one with the same offsets in YEARS; None where there is none."""
    own = getattr(zone, "key", None)
    if own is not None:
        return str(own)
    return next((name for name in ("UTC", *sorted(available_timezones())) if same(zone, ZoneInfo(name))), None)


def same(one: tzinfo, other: tzinfo) -> bool:
    """Whether two zones have the same offset in every week of YEARS."""
    return all(moment.astimezone(one).utcoffset() == moment.astimezone(other).utcoffset() for moment in moments())


def moments() -> Iterator[datetime]:
    """A moment of each week of YEARS."""
    moment = datetime(YEARS.start, 1, 1, tzinfo=timezone.utc)
    while moment.year in YEARS:
        yield moment
        moment += timedelta(days=7)
