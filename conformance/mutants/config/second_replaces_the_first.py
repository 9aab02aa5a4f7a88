"""A second configuration of a class takes the place of the first."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.use, "type(config) in self._state.configurations", "False")
