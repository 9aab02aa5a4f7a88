"""A set is required whatever its default."""

from mutation import replace
from utilmeta.core.request import lookup

replace(lookup.whole_set, "parameter.optional and", "False and")
