"""The regex of a path parameter is a constraint like any other: who misses it gets a 400."""

from mutation import replace
from utilmeta.core.request.parameters.binding import bound

replace(
    bound,
    "{parameter.name: parameter.marker.regex for parameter in paths if parameter.marker.regex is not None}",
    "{}",
)
