"""`from utilmeta import service` works from the end of application() on, not from the construction."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, "register(self)", "pass")
replace(UtilMeta.application, "return self._application", "register(self)\n    return self._application")
