"""A header is looked up by its name as declared, among names in lower case."""

from mutation import replace
from utilmeta.core.request.parameters import binding

VARIANTS = ("starlette-async",)

replace(binding.compile_parameter, 'sent_as.lower() if marker.place == "header" else sent_as', "sent_as")
