"""A default that is an empty list, dict or set is one object for all requests."""

from mutation import replace
from utilmeta.core.request.schemas import default_copy

replace(default_copy.is_shared, "if type(default) in IMMUTABLE", "if not default or type(default) in IMMUTABLE")
