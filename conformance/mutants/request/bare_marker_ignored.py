"""A marker that is not called is a default like any other."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(binding.as_marker, "return value()", "return value() if value.whole or in_path else None")
