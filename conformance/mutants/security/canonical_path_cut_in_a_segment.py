"""A path whose first segment begins with the root route's text counts as one that is below the root route."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(
    RouteTable.canonical,
    "segments[: len(self.root)] == self.root",
    '"/".join(segments).startswith("/".join(self.root))',
)
