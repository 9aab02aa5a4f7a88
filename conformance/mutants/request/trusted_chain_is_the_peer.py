"""Where all addresses of X-Forwarded-For are trusted proxies', the request comes from the peer."""

from mutation import replace
from utilmeta.core.request.client_address import TrustedProxies

replace(
    TrustedProxies.client,
    "return client",
    "return client if client is None or not self.trusts(client) else address_of(peer)",
)
