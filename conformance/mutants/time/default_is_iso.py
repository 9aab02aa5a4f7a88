"""By default a datetime has the form of ISO 8601."""

from mutation import change_default
from utilmeta.conf.time import Time

change_default(Time, "datetime_format", "%Y-%m-%dT%H:%M:%S")
