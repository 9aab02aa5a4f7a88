"""A Host of any form is taken where `allowed_hosts` is not given."""

from mutation import replace
from utilmeta.core.pipeline.host import AllowedHosts

replace(AllowedHosts.judge, "asked = None\n", "asked = None\n    if self.names is None:\n        return True\n")
