"""A service is in production unless it says that it is not."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.production.fget, "bool(self._production)", "self._production is not False")
