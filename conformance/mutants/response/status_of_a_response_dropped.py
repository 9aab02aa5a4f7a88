"""The status that a Response gives is not that of the answer."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.__init__, "checked_status(status)\n", "self._status\n")
