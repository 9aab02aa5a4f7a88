"""The alias of a Field stays with the marker, which other parameters share."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(binding.said_of, "marker = copy.copy(marker)", "pass")
