"""`from utilmeta import service` gives None before there is a service."""

from mutation import replace
from utilmeta.conf.current import current

replace(current, "if _current is None:", "if False:")
