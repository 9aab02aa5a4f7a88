"""A null matches no regex, though the type takes None."""

from mutation import replace
from utilmeta.core.request.parameters import constraint

replace(constraint.matching, "if text is not None and not (", "if not (")
