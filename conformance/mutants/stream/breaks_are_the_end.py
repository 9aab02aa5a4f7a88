"""A connection that breaks is the end of a stream."""

from mutation import replace
from utilmeta.core.cli.streams.items import Items

replace(Items.reopened, "if ended is not None:", "if False:")
