"""A second value of a header that has one is refused when it is sent, not where it is set."""

from mutation import replace
from utilmeta.core.response.headers import ResponseHeaders
from utilmeta.core.response.response import Response

replace(ResponseHeaders.add, "    sendable([*self.fields, *added])\n", "")
replace(Response.headers.fset, "sendable(checked_headers(headers))", "list(checked_headers(headers))")
