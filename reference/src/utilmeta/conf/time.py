"""``Time``, the configuration of the time zone and of the formats of dates and times in responses."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator

from utilmeta.conf.config import Config
from utilmeta.conf.pattern import Write, compile_datetime, compile_pattern
from utilmeta.conf.zone import find_zone, iana_name, local_zone

if TYPE_CHECKING:
    from utilmeta.conf.service import Service


def known_zone(name: str | None) -> str | None:
    """``name`` unchanged. Raises ValueError for an unknown time zone (TIME-1b)."""
    if name is not None:
        find_zone(name)
    return name


def writable(pattern: str) -> str:
    """``pattern`` unchanged. Raises ValueError for one that UTF-8 cannot encode."""
    try:
        pattern.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{pattern!r} has characters that are no UTF-8") from None
    return pattern


Format = Annotated[str, AfterValidator(writable)]


class Time(Config):
    """The time zone and the formats of every date, time and datetime in API responses (TIME-3, TIME-4).

    The formats are those of ``strftime``. Raises ValueError for an unknown time zone and for a format that UTF-8 cannot
    encode.
    """

    time_zone: Annotated[str | None, AfterValidator(known_zone)] = None
    """``"UTC"`` or an IANA name, with or without zone data on the machine; None, the default, is the machine's local
    zone when the configuration is made (TIME-1)."""
    use_tz: bool = True
    """Django's USE_TZ: whether stored datetimes are instants (TIME-2, TIME-6). Responses do not depend on it."""
    date_format: Format = "%Y-%m-%d"
    """The format of dates (TIME-3)."""
    time_format: Format = "%H:%M:%S"
    """The format of times (TIME-3)."""
    datetime_format: Format = "%Y-%m-%d %H:%M:%S"
    """The format of datetimes, after their conversion to ``time_zone`` (TIME-3, TIME-5)."""

    def model_post_init(self, context: Any) -> None:
        assert self.zone  # the local zone is found now (TIME-1a)

    @classmethod
    def unused(cls) -> Time:
        """The ``Time`` of a service that uses none: the defaults, or the zone of Django's settings where it is set up
        (TIME-2)."""
        django = sys.modules.get("django.conf")
        if django is None or not django.settings.configured:
            return cls()
        return cls(time_zone=django.settings.TIME_ZONE, use_tz=django.settings.USE_TZ)

    @cached_property
    def zone(self) -> tzinfo:
        """The zone of ``time_zone``, or the machine's local one."""
        return local_zone() if self.time_zone is None else find_zone(self.time_zone)

    def django_settings(self, service: Service) -> Mapping[str, Any]:
        """USE_TZ and TIME_ZONE, which is an IANA name (TIME-2).

        Raises ValueError where the local zone has no IANA name, because the variable TZ holds a rule.
        """
        name = iana_name(self.zone)
        if name is None:
            raise ValueError(
                "Time: Django's TIME_ZONE is an IANA name, which the machine's local zone has not; give one, such as "
                "Time(time_zone='Asia/Tokyo'), or set the variable TZ to one"
            )
        return {"USE_TZ": self.use_tz, "TIME_ZONE": name}

    def text(self, value: date | time | datetime) -> str:
        """``value`` as a response has it.

        An aware datetime is converted to the zone, a naive one is taken to be in it; an aware time is not converted, as
        it has no day (TIME-5). A datetime whose year is out of range in the zone becomes the nearest one in range.
        """
        if isinstance(value, datetime):
            try:
                return self.write_datetime(value)
            except OverflowError:
                nearest = datetime.min if value.year == 1 else datetime.max
                return self.write_datetime(nearest.replace(tzinfo=self.zone))
        return self.write_date(value) if isinstance(value, date) else self.write_time(value)

    @cached_property
    def write_date(self) -> Write:
        """Formats a date."""
        return compile_pattern(self.date_format, date)

    @cached_property
    def write_time(self) -> Write:
        """Formats a time."""
        return compile_pattern(self.time_format, time)

    @cached_property
    def write_datetime(self) -> Write:
        """Formats a datetime in the zone."""
        return compile_datetime(self.datetime_format, self.zone)
