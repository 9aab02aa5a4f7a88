"""An unknown path below the root route is left to the injected application."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(RouteTable.claims, "if depth:\n            return True", "segments = segments[depth:]")
