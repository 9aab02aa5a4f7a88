"""The headers of a template are for its documentation."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.__init__, "for pair in self._headers if", "for pair in () if")
