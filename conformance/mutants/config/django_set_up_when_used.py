"""Django is set up as soon as a configuration is used."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

USED = "self._state.configurations[type(config)] = config"
replace(UtilMeta.use, USED, f"{USED}; self.setup()")
