"""Options of utype that a parameter cannot keep are ignored."""

from mutation import replace
from utilmeta.core.request.schemas import utype

replace(utype.options_of, "if left:", "if not label:")
