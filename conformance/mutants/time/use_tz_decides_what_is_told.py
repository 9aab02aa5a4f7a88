"""Without `use_tz` no datetime is converted."""

from mutation import replace
from utilmeta.conf.time import Time

replace(
    Time.text,
    "return self.write_datetime(value)",
    "return self.write_datetime(value if self.use_tz else value.replace(tzinfo=None))",
)
