"""Parameters and fields of a body are given as they were sent, whatever the annotation."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(binding.compile_parameter, "None if plain else adapter.validate_python", "None")
