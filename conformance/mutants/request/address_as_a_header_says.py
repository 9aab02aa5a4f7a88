"""Whoever sends X-Forwarded-For says what address he asks from."""

from mutation import replace
from utilmeta.core.request.request import Request

replace(Request.ip_address.fget, "self.connection.peer", 'self.header("x-forwarded-for") or self.connection.peer')
