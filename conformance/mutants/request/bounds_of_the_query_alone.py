"""Bounds and lengths hold in the query alone."""

from mutation import replace
from utilmeta.core.request.parameters import constraint

replace(constraint.constrained, "if marker.bounds:", 'if marker.bounds and marker.place == "query":')
