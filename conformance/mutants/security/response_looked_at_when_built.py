"""A response is looked at when it is built, and what it is changed to is sent as it is."""

from mutation import replace
from utilmeta.core.response.headers import ResponseHeaders
from utilmeta.core.response.response import Response

replace(Response.check, "checked = self._checked\n", "return self.status, self.content_type, list(self.fields)\n")
replace(ResponseHeaders.__setitem__, "(field,) = checked_headers([(name, value)])", "field = (name, value)")
replace(Response.headers.fset, "list(checked_headers(headers))", "list(dict(headers).items())")
