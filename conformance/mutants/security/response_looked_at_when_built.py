"""A response is looked at when it is built, and what it is changed to is sent as it is."""

from mutation import replace
from utilmeta.core.response.headers import ResponseHeaders
from utilmeta.core.response.response import Response

replace(
    Response.check,
    "if self._settled != (self.status, self.fields):",
    "self._checked = (self.status, *apart(self.fields))\n    if False:",
)
replace(ResponseHeaders.__setitem__, "(field,) = checked_headers([(name, value)])", "field = (name, value)")
replace(Response.headers.fset, "sendable(checked_headers(headers))", "list(dict(headers).items())")
replace(Response.content_type.fset, 'safe("content_type", content_type)', "content_type")
