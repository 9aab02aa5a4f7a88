"""Events of no class are left out."""

from mutation import replace
from utilmeta.core.cli.streams.items import Items

replace(
    Items.items,
    "left = self.reconnects\n                            yield self.template.convert(each)",
    "left = self.reconnects\n                            try:\n                                item = self.template.convert(each)\n                            except Misfit:\n                                continue\n                            yield item",
)
