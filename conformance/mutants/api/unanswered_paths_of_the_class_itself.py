"""An error of a path is handled where it is directly below its class."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(RouteTable.missed, "if self.miss is None else", "if self.miss is None or len(segments) > 2 else")
