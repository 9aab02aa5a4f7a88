"""The address of a request is a text."""

from mutation import replace
from utilmeta.core.request.request import Request

replace(
    Request.ip_address.fget,
    'trusted_proxies.get().client(self.connection.peer, self.header("x-forwarded-for"))',
    'str(trusted_proxies.get().client(self.connection.peer, self.header("x-forwarded-for")))',
)
