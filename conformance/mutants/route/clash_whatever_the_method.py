"""A second endpoint on a path is refused, whatever its method."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(
    RouteTable.add,
    "if method in place.methods:\n        return place.methods[method][1]",
    "if place.methods:\n        return next(iter(place.methods.values()))[1]",
)
