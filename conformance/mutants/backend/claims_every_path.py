"""The API claims every path, known to it or not."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(RouteTable.claims, "return walk(self.tree, segments, 0, (), set()) is not None", "return True")
