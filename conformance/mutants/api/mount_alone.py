"""What a service mounts takes the place of its api."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.mount, "self._state.mounts.append(", "self._state.mounts.clear()\n    self._state.mounts.append(")
