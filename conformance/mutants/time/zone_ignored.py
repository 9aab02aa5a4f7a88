"""The zone of a service is the machine's, whatever its Time says."""

from mutation import replace
from utilmeta.conf.time import Time

replace(Time.zone.func, "local_zone() if self.time_zone is None else find_zone(self.time_zone)", "local_zone()")
