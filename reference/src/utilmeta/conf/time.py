"""The time zone of a service and the formats of the dates and times it sends."""

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
    if name is not None:
        find_zone(name)
    return name


def writable(pattern: str) -> str:
    try:
        pattern.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{pattern!r} has characters that are no UTF-8") from None
    return pattern


Format = Annotated[str, AfterValidator(writable)]


class Time(Config):
    """Shapes every date, time and datetime in an API response (TIME-3, TIME-4).

    ``time_zone`` is "UTC" or an IANA name, whether or not the machine has zone data of its own; None is the machine's
    local zone, as it is when the configuration is built. An unknown one is a ValueError at once (TIME-1). Formats are
    those of ``strftime``. ``use_tz`` is Django's USE_TZ: whether what is stored is an instant (TIME-2, TIME-6); what a
    response says does not depend on it.
    """

    time_zone: Annotated[str | None, AfterValidator(known_zone)] = None
    use_tz: bool = True
    date_format: Format = "%Y-%m-%d"
    time_format: Format = "%H:%M:%S"
    datetime_format: Format = "%Y-%m-%d %H:%M:%S"

    def model_post_init(self, context: Any) -> None:
        assert self.zone  # what is local is decided now

    @classmethod
    def unused(cls) -> Time:
        """What holds where no Time is used: a plain one; where Django is set up, that of its settings (TIME-2)."""
        django = sys.modules.get("django.conf")
        if django is None or not django.settings.configured:
            return cls()
        return cls(time_zone=django.settings.TIME_ZONE, use_tz=django.settings.USE_TZ)

    @cached_property
    def zone(self) -> tzinfo:
        """The zone of ``time_zone``, or the machine's local one."""
        return local_zone() if self.time_zone is None else find_zone(self.time_zone)

    def django_settings(self, service: Service) -> Mapping[str, Any]:
        """USE_TZ and TIME_ZONE, which takes an IANA name alone (TIME-2).

        Raises ValueError where the machine's local zone has none, because TZ holds a rule of its own.
        """
        name = iana_name(self.zone)
        if name is None:
            raise ValueError(
                "Time: Django's TIME_ZONE is an IANA name, which the machine's local zone has not; give one, such as "
                "Time(time_zone='Asia/Tokyo'), or set the variable TZ to one"
            )
        return {"USE_TZ": self.use_tz, "TIME_ZONE": name}

    def text(self, value: date | time | datetime) -> str:
        """``value`` as a response carries it.

        An aware datetime is converted to the zone first, a naive one is taken to be in it (TIME-5). An aware time has
        no day to be converted on and stands as it is. Of a moment that the zone has no year for it is the nearest.
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
        return compile_pattern(self.date_format, date)

    @cached_property
    def write_time(self) -> Write:
        return compile_pattern(self.time_format, time)

    @cached_property
    def write_datetime(self) -> Write:
        return compile_datetime(self.datetime_format, self.zone)
