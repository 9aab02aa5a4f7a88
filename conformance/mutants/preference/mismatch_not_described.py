"""A mismatch is logged without the field that it is in."""

from mutation import replace
from utilmeta.utils.exceptions import ResultMismatch

replace(ResultMismatch.__init__, ": {'; '.join(complaints)}", "")
