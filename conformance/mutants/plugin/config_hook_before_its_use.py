"""The `hook` of a configuration is called before the service has that."""

from mutation import replace
from utilmeta import UtilMeta

USE = "self._state.configurations[type(config)] = config"
replace(UtilMeta.use, f"{USE}\n", "pass\n")
replace(UtilMeta.use, "run_sync(type(config).hook(config, self))", f"run_sync(type(config).hook(config, self)); {USE}")
