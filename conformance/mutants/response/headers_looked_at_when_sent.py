"""A header is looked at when it is sent, not where it is set."""

from mutation import replace
from utilmeta.core.response.headers import ResponseHeaders
from utilmeta.core.response.response import Response

replace(ResponseHeaders.__setitem__, "(field,) = checked_headers([(name, value)])", "field = (name, str(value))")
replace(ResponseHeaders.add, "list(checked_headers([(name, value)]))", "[(name, str(value))]")
replace(Response.headers.fset, "sendable(checked_headers(headers))", "list(dict(headers).items())")
