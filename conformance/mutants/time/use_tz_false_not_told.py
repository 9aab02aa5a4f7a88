"""Django's USE_TZ is True, whatever the service's Time says."""

from mutation import replace
from utilmeta.conf.time import Time

replace(Time.django_settings, '"USE_TZ": self.use_tz', '"USE_TZ": True')
