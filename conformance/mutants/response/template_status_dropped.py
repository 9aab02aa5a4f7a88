"""The status of a template is for its documentation."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.__init__, "self._status if self.error is None", "200 if self.error is None")
