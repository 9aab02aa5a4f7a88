"""A parameter is sent under its own name, whatever its alias."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(binding.compile_parameter, "marker.sent_as(name)", "name")
