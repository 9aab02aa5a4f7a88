"""An aware time is written as if it were of this day in the service's zone."""

from mutation import replace
from utilmeta.conf.time import Time

CONVERTED = (
    """datetime.combine(datetime(2031, 2, 3), value).astimezone(self.zone).timetz() if value.tzinfo else value"""
)

replace(Time.text, "self.write_time(value)", f"self.write_time({CONVERTED})")
