"""A time zone that nobody knows is taken for UTC."""

from mutation import replace
from utilmeta.conf import zone

replace(zone.find_zone, "ZoneInfo(name)", "ZoneInfo(name if name in available_timezones() else 'UTC')")
