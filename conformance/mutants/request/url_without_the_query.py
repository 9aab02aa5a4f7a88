"""The URL that a request tells ends before its query."""

from mutation import replace
from utilmeta.core.request.request import Request

replace(Request.url.fget, "self.query_bytes()", 'b""')
