"""A configuration that is used has no effect."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.use, "    return self", "    del self._state.configurations[type(config)]\n    return self")
