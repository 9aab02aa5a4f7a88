"""What a service mounts takes the place of its api."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.mount, "self._mounts.append(", "self._mounts.clear()\n    self._mounts.append(")
