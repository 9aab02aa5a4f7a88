"""The startup hooks run when application() builds, in whatever process loads the module."""

from mutation import replace
from utilmeta import UtilMeta

VARIANTS = ("flask-sync", "django-sync")

replace(
    UtilMeta.application,
    "self._adapter, self._application = self._compile()",
    "self._adapter, self._application = self._compile(); self._state.lifecycle.start()",
)
