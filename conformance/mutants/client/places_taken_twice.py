"""Two parameters may be sent in one place; the last one is."""

from mutation import replace
from utilmeta.core.cli import parameters

replace(parameters.check_place, "if other.marker.place == marker.place and", "if other is parameter and")
