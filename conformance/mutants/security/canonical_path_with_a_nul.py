"""The canonical path of a path with a NUL, which is refused, is that path."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(RouteTable.canonical, "0 in path or not self.claims(path)", "not self.claims(path)")
