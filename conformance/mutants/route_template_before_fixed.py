"""A template is asked before the fixed paths beside it."""

from mutation import replace
from utilmeta.core.server import routing

ASKED = """segment = segments[position]
    if place.bare is not None:
        found = walk(place.bare, segments, position + 1, (*values, segment), dead)
        if found is not None:
            return found"""

replace(routing.walk, "segment = segments[position]", ASKED)
replace(routing.RouteTable.paths, "if all(", "if False and all(")
