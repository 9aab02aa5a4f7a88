"""After a `setup` of a configuration that raised, the next `service.setup()` sets those before it up once more."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

replace(
    UtilMeta.setup,
    "self._ready = False",
    "self._ready = False\n        self._prepared.clear()",
)
