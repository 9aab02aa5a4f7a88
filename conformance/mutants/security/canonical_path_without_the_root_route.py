"""The canonical path begins with the root route only where that was sent."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(RouteTable.canonical, "segments if below else (*self.root, *segments)", "segments")
