"""The time zone of a service and the formats of the dates and times it sends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator

from utilmeta.conf.config import Config

if TYPE_CHECKING:
    from utilmeta.core.server.service import UtilMeta


def known_zone(name: str | None) -> str | None:
    if name is not None:
        find_zone(name)
    return name


class Time(Config):
    """Shapes every date, time and datetime in an API response (TIME-3, TIME-4).

    ``time_zone`` is "UTC" or an IANA name; None is the machine's local zone. An unknown one is a ValueError at once
    (TIME-1). Formats are those of ``strftime``.
    """

    time_zone: Annotated[str | None, AfterValidator(known_zone)] = None
    use_tz: bool = True
    date_format: str = "%Y-%m-%d"
    time_format: str = "%H:%M:%S"
    datetime_format: str = "%Y-%m-%d %H:%M:%S"

    def django_settings(self, service: UtilMeta) -> Mapping[str, Any]:
        """USE_TZ and TIME_ZONE."""
        return {"USE_TZ": self.use_tz, **({"TIME_ZONE": self.time_zone} if self.time_zone else {})}

    @cached_property
    def zone(self) -> ZoneInfo | None:
        """The zone of ``time_zone``; None for the machine's local one."""
        return None if self.time_zone is None else find_zone(self.time_zone)

    def text(self, value: date | time | datetime) -> str:
        """``value`` as a response carries it; an aware datetime is converted to ``time_zone`` first (TIME-5)."""
        if isinstance(value, datetime):
            if value.tzinfo is not None:
                value = value.astimezone(self.zone)
            elif "%z" in self.datetime_format or "%Z" in self.datetime_format:
                value = value.replace(tzinfo=self.zone) if self.zone else value.astimezone()
            return strftime(value, self.datetime_format)
        if isinstance(value, date):
            return strftime(value, self.date_format)
        return value.strftime(self.time_format)


def find_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        # ZoneInfoNotFoundError is a KeyError; a path or a folder for a name gives the other two.
        raise ValueError(f"unknown time zone {name!r}; use 'UTC' or an IANA name such as 'Asia/Tokyo'") from None


def strftime(value: date, pattern: str) -> str:
    """As ``value.strftime(pattern)``, but with four digits for the years before 1000, which glibc leaves short."""
    if value.year < 1000:
        pattern = "%%".join(part.replace("%Y", f"{value.year:04d}") for part in pattern.split("%%"))
    return value.strftime(pattern)
