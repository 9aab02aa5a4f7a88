"""A timeout is for each read."""

from mutation import replace
from utilmeta.core.cli.connection import TimedReader

replace(TimedReader.readinto, "current.get().left()", "current.get().seconds")
