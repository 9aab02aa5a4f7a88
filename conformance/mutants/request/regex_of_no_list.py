"""The regex of a list is no constraint of its items."""

from mutation import replace
from utilmeta.core.request.parameters import constraint

replace(constraint.matching, "value if isinstance(value, list) else (value,)", "(value,)")
