"""A variable is found by its name to the letter."""

from mutation import replace
from utilmeta.conf.source import Source

replace(Source.spelled, "self.spellings.get(exact.casefold(), [])", "[]")
