"""An Enum has a length: that of its class."""

from mutation import replace
from utilmeta.core.request import adapter, constraint

adapter.checked = lambda schema, label: schema
replace(constraint.has, "any(method in vars(base) for base in kind.__mro__[:-1])", "hasattr(kind, method)")
