"""The rest of a path is taken before a template is asked for it."""

from mutation import replace
from utilmeta.core.server import routing

ASKED = """if place.rest is not None and ".." not in segments[position:]:
        return place.rest, (*values, "/".join(segments[position:]))
    segment = segments[position]"""

replace(routing.walk, "segment = segments[position]", ASKED)
