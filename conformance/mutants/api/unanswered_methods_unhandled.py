"""A method that a path does not have is no error of any handler, nor put into a template."""

from mutation import replace
from utilmeta.core.routing.table import RouteTable

replace(
    RouteTable.find,
    "self.missed(MethodNotAllowed(allowed(place.methods)), segments)",
    "MethodNotAllowed(allowed(place.methods))",
)
