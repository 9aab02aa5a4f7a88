"""There is no class to derive a configuration of one's own from."""

import utilmeta.conf

LEVEL = "page"
BREAKS = "above"
del utilmeta.conf.Config
