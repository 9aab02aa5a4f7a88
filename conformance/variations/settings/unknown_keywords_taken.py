"""An unknown keyword of a configuration is taken, and has no effect."""

from utilmeta.conf.config import Value

LEVEL = "guides"
BREAKS = {"CONFIG-3b"}
Value.model_config["extra"] = "ignore"
for kind in Value.__subclasses__():
    kind.model_config["extra"] = "ignore"
    kind.model_rebuild(force=True)
