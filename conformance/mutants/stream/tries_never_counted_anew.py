"""An event does not begin the count of connections anew."""

from mutation import replace
from utilmeta.core.cli.streams.items import Items

replace(
    Items.items,
    "for each in parser.feed(piece):\n                            left = self.reconnects",
    "for each in parser.feed(piece):\n                            pass",
)
