"""A regex of a mapping that is a header is ignored."""

from mutation import replace
from utilmeta.core.request.parameters.constraint import constrained

replace(constrained, 'marker.place != "path"', 'marker.place not in ("path", "header")')
