"""The time zone of a service and the formats of the dates and times it sends."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from utilmeta.conf.config import Config


class Time(Config):
    """Shapes every date, time and datetime in an API response (TIME-3, TIME-4).

    ``time_zone`` is "UTC" or an IANA name; None is the machine's local zone. An unknown one is a ValueError at once
    (TIME-1). Formats are those of ``strftime``.
    """

    def __init__(
        self,
        *,
        time_zone: str | None = None,
        use_tz: bool = True,
        date_format: str = "%Y-%m-%d",
        time_format: str = "%H:%M:%S",
        datetime_format: str = "%Y-%m-%d %H:%M:%S",
    ) -> None:
        if not isinstance(use_tz, bool):
            raise TypeError(f"Time: use_tz takes True or False, not {use_tz!r}")
        self.time_zone = time_zone
        self.zone = find_zone(time_zone)
        self.use_tz = use_tz
        self.date_format = format_text("date_format", date_format)
        self.time_format = format_text("time_format", time_format)
        self.datetime_format = format_text("datetime_format", datetime_format)

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


def find_zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    if not isinstance(name, str):
        raise TypeError(f"Time: time_zone takes 'UTC' or an IANA name such as 'Asia/Tokyo', not {name!r}")
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        # ZoneInfoNotFoundError is a KeyError; a path or a folder for a name gives the other two.
        raise ValueError(f"Time: unknown time_zone {name!r}; use 'UTC' or an IANA name such as 'Asia/Tokyo'") from None


def format_text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"Time: {name} takes a strftime format, not {value!r}")
    return value


def strftime(value: date, pattern: str) -> str:
    """As ``value.strftime(pattern)``, but with four digits for the years before 1000, which glibc leaves short."""
    if value.year < 1000:
        pattern = "%%".join(part.replace("%Y", f"{value.year:04d}") for part in pattern.split("%%"))
    return value.strftime(pattern)
