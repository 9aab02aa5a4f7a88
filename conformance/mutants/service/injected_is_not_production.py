"""A service with an injected application is not in production unless it says so, whatever the application's flag."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.production.fget, "self._production is None and self._natives", "False")
