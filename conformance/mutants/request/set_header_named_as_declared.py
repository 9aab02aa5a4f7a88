"""A member of a set of headers is named in errors as it is declared."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(binding.compile_set, 'marker.place == "header"', "False")
