"""A stream goes on when it is closed."""

from mutation import replace
from utilmeta.core.cli.streams.items import Items

replace(Items.aclose, "await self.body.close()", "pass")
