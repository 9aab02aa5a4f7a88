"""A variable without the prefix is taken before one with it."""

from mutation import replace
from utilmeta.conf.source import Source

replace(Source.spelled, "self.prefix + name", "name if name in self.held else self.prefix + name")
