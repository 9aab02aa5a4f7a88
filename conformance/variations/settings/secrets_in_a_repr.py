"""The repr of a configuration shows all of its values."""

from utilmeta.conf import config, env

LEVEL = "page"
BREAKS = set()
for module in (config, env):
    module.redacted = lambda value, name="": value
