"""Without a time zone it is UTC, wherever the machine stands."""

from mutation import replace
from utilmeta.conf.time import Time

replace(
    Time.zone.func,
    "local_zone() if self.time_zone is None else find_zone(self.time_zone)",
    "find_zone(self.time_zone or 'UTC')",
)
