"""After a `setup` of a configuration that raised, the next `service.setup()` takes that one for prepared."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

replace(
    UtilMeta._prepare,
    "run_sync(config.setup(self))\n            self._prepared.add(type(config))",
    "self._prepared.add(type(config))\n            run_sync(config.setup(self))",
)
