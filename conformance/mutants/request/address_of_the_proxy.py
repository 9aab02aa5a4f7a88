"""Behind a proxy every request comes from the proxy."""

from mutation import replace
from utilmeta.core.request.request import Request

replace(Request.ip_address.fget, 'self.header("x-forwarded-for")', "None")
