"""A configuration that is used has no effect."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.use, "self._state.configurations[type(config)] = config\n", "pass\n")
