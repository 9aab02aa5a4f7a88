"""A naive datetime is taken to be UTC."""

from mutation import replace
from utilmeta.conf import pattern

replace(
    pattern.compile_datetime,
    "value.replace(tzinfo=zone) if value.tzinfo is None else value.astimezone(zone)",
    "(value.replace(tzinfo=__import__('datetime').timezone.utc) if value.tzinfo is None else value).astimezone(zone)",
)
