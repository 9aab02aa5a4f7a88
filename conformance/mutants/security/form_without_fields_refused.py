"""A form without fields is refused, whoever sends it."""

from mutation import replace
from utilmeta.core.request.body import binding

replace(binding.reader, "check_empty(request)", "raise UnsupportedMediaType('no fields')")
