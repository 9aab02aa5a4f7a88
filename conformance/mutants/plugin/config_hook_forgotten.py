"""The `hook` of a configuration is not called."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.use, "run_sync(type(config).hook(config, self))", "pass")
