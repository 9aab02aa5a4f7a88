"""Django has settings of its own for zone and awareness."""

from mutation import replace
from utilmeta.conf.time import Time

replace(Time.django_settings, '{"USE_TZ": self.use_tz, "TIME_ZONE": name}', "{}")
