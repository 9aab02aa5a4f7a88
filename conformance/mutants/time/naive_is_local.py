"""A naive datetime is taken to be in the machine's zone and converted."""

from mutation import replace
from utilmeta.conf import pattern

replace(
    pattern.compile_datetime,
    "strftime(value if value.tzinfo is None else value.astimezone(zone))",
    "strftime(value.astimezone(zone))",
)
