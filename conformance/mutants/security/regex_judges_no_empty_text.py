"""An empty text matches every regex."""

from mutation import replace
from utilmeta.core.request.parameters import constraint

replace(constraint.matching, "text is not None and", 'text is not None and text != "" and')
