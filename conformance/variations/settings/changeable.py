"""Configurations and Env can be changed after they have been built."""

from utilmeta.conf import config, env

LEVEL = "page"
BREAKS = set()
for module in (config, env):
    module.freeze = lambda instance: None
    module.refuse_change = lambda instance, name: None
