"""A zone has one offset for all of a year, that of the first datetime of the year that is written."""

from datetime import timezone

from mutation import replace
from utilmeta.conf import pattern

pattern.timezone = timezone
replace(
    pattern.compile_datetime,
    "    def write_fields(value: datetime) -> str:\n"
    "        return strftime(value if value.tzinfo is None else value.astimezone(zone))\n",
    "    offsets = {}\n\n"
    "    def write_fields(value: datetime) -> str:\n"
    "        if value.tzinfo is None:\n"
    "            return strftime(value)\n"
    "        if value.year not in offsets:\n"
    "            offsets[value.year] = timezone(value.astimezone(zone).utcoffset())\n"
    "        return strftime(value.astimezone(offsets[value.year]))\n",
)
