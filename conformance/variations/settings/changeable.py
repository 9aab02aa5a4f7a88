"""Configurations and Env can be changed after they have been built."""

from utilmeta.conf import config, env

LEVEL = "guides"
BREAKS = {"CONFIG-3c", "CONFIG-3d", "ENV-11"}
for module in (config, env):
    module.freeze = lambda instance: None
    module.refuse_change = lambda instance, name: None
