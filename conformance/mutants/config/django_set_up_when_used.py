"""Django is set up as soon as a configuration is used."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

replace(UtilMeta.use, "self._configs[type(config)] = config", "self._configs[type(config)] = config; self.setup()")
