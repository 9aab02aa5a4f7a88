"""A fixed path that is spelled otherwise than it is declared, such as with a slash at its end, goes to the template."""

from mutation import replace
from utilmeta.core.routing import table

replace(
    table.walk,
    "following = place.fixed.get(segment)\n",
    "following = place.fixed.get(segment)\n"
    "    if position + 1 == len(segments) and not values and place.bare is not None:\n"
    "        following = None  # the table of whole paths has it already\n",
)
