"""A configuration whose `hook` raises is in use."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.use, "del self._state.configurations[type(config)]", "pass")
