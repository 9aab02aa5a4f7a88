"""An event does not begin the count of connections anew."""

from mutation import replace
from utilmeta.core.cli.streams.items import Items

replace(Items.items, "left = self.reconnects\n                        yield", "yield")
