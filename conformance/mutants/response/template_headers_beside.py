"""A header that a Response gives stands beside that of its template."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.__init__, "self._headers if pair[0].lower() not in said", "self._headers")
