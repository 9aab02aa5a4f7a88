"""Of several spellings of a name the first is taken."""

from mutation import replace
from utilmeta.conf.source import Source

replace(
    Source.spelled,
    "[exact] if exact in self.held else self.spellings.get(exact.casefold(), [])",
    "self.spellings.get(exact.casefold(), [])[:1]",
)
