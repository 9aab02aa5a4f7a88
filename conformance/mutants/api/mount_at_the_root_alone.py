"""In a service without `api`, what is mounted at the root takes the place of what was mounted before it."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

replace(
    UtilMeta.mount,
    "self._state.mounts.append(",
    'if self.api is None and place == "/":\n        self._state.mounts.clear()\n    self._state.mounts.append(',
)
