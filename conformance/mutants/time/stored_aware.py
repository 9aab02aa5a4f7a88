"""`use_tz` is not Django's: what is stored is always aware."""

from mutation import replace
from utilmeta.conf.time import Time

VARIANTS = ("flask-sync",)

replace(Time.django_settings, "self.use_tz", "True")
