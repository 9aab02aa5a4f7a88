"""X-Real-IP says which address a request comes from."""

from mutation import replace
from utilmeta.core.request.request import Request

replace(
    Request.ip_address.fget,
    'self.header("x-forwarded-for")',
    'self.header("x-real-ip") or self.header("x-forwarded-for")',
)
