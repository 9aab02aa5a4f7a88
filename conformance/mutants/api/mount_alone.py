"""What a service mounts takes the place of its api."""

from mutation import replace
from utilmeta import UtilMeta

replace(
    UtilMeta.mount,
    "self._state.mounts.append(",
    "object.__setattr__(self._state, 'api', None)\n    self._state.mounts.append(",
)
