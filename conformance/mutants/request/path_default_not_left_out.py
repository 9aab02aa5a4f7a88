"""A path parameter with a default has its place in the path all the same."""

from mutation import replace
from utilmeta.core.request.parameters.binding import bound

replace(bound, "frozenset(parameter.name for parameter in paths if parameter.optional)", "frozenset()")
