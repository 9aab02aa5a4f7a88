"""A fixed segment hides the template beside it, even where it leads nowhere."""

from mutation import replace
from utilmeta.core.routing import table

replace(
    table.walk,
    "found = walk(following, segments, position + 1, values, dead)\n"
    "        if found is not None:\n            return found",
    "return walk(following, segments, position + 1, values, dead)",
)
