"""A header that took the place of another is sent as it is."""

from mutation import replace
from utilmeta.core.response.headers import ResponseHeaders
from utilmeta.core.response.response import Response

replace(
    Response.check,
    "if self._settled != (self.status, self.fields):",
    "if self._settled[0] == self.status and len(self._settled[1]) == len(self.fields):\n"
    "        self.settle()\n"
    "    else:",
)
replace(ResponseHeaders.__setitem__, "(field,) = checked_headers([(name, value)])", "field = (name, value)")
