"""The root route is taken off a path as often as it stands there."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(
    RouteTable.find,
    "segments = segments[depth:]",
    "while segments[:depth] == self.root:\n            segments = segments[depth:]",
)
replace(RouteTable.paths, "if all(", "if texts[: len(self.root)] != self.root and all(")
