"""Events of no class are left out."""

from mutation import replace
from utilmeta.core.cli.streams.items import Items

replace(
    Items.items,
    "yield self.template.convert(each)\n                for each in whole(parser):",
    """try:
                            found = [self.template.convert(each)]
                        except Misfit:
                            found = []
                        for item in found:
                            yield item
                for each in whole(parser):""",
)
