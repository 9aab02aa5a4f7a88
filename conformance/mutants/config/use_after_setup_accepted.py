"""A configuration is taken after setup(), without effect."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.use, "self._ready", "False")
