"""Time is one class in utilmeta.conf and another in its own module."""

import utilmeta.conf
from utilmeta.conf.time import Time

utilmeta.conf.Time = type("Time", (Time,), {"__module__": "utilmeta.conf"})
