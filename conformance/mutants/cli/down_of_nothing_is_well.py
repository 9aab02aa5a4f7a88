"""To end a service that does not run is no error."""

from mutation import replace
from utilmeta.core.server.commands import background

replace(background.stop, "if running is None:", "if running is None:\n            return\n        if not project:")
