"""By default a datetime has the form of ISO 8601."""

from mutation import replace
from utilmeta.conf.time import Time

replace(Time.__init__, '"%Y-%m-%d %H:%M:%S"', '"%Y-%m-%dT%H:%M:%S"')
