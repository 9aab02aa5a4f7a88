"""After adapt() the API is put into the service's own application once more by application()."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.adapt, "self._application = self._state.injected", "pass")
