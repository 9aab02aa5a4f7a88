"""A header that took the place of another is sent as it is."""

from mutation import replace
from utilmeta.core.response.headers import ResponseHeaders
from utilmeta.core.response.response import Response

replace(
    Response.check,
    "if checked != (self.status, self.content_type, self.fields):",
    "if checked[:2] == (self.status, self.content_type) and len(checked[2]) == len(self.fields):\n"
    "        self.settle()\n"
    "        return self._checked\n"
    "    else:",
)
replace(ResponseHeaders.__setitem__, "(field,) = checked_headers([(name, value)])", "field = (name, value)")
