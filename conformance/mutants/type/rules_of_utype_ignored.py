"""Rules of utype that no marker has are ignored."""

from mutation import replace
from utilmeta.core.request.parameters import constraint

replace(constraint.constrained, "if marker.rules:", "if label is None:")
