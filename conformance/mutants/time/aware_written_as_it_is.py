"""An aware datetime is written in its own zone."""

from mutation import replace
from utilmeta.conf import pattern

replace(
    pattern.compile_datetime, "strftime(value if value.tzinfo is None else value.astimezone(zone))", "strftime(value)"
)
replace(
    pattern.compile_datetime, "value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)", "value"
)
