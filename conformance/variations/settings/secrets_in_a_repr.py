"""The repr of a configuration shows all of its values."""

from utilmeta.conf import config, env

LEVEL = "guides"
BREAKS = {"CACHE-8", "CONFIG-3c", "ENV-10"}
for module in (config, env):
    module.redacted = lambda value, name="": value
