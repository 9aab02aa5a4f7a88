"""The rest of a path is taken before a template is asked for it."""

from mutation import replace
from utilmeta.core.routing import table

ASKED = """if place.rest is not None and ".." not in segments[position:]:
        return place.rest, (*values, "/".join(segments[position:]))
    segment = segments[position]"""

replace(table.walk, "segment = segments[position]", ASKED)
