"""A marker that is not called is one of the query."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(binding.as_marker, "return value()", "return value() if value.whole or in_path else QueryParam()")
