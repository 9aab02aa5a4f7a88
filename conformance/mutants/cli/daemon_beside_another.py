"""A second service is started in the background."""

from mutation import replace
from utilmeta.core.server.commands import background

replace(background.start, "if running is not None:", "if not project:")
