"""A set is required whatever its default."""

from mutation import replace
from utilmeta.core.request.parameters import extractors

replace(extractors.whole_set, "parameter.optional and", "False and")
