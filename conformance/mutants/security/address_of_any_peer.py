"""Every peer is believed what it says in X-Forwarded-For."""

from mutation import replace
from utilmeta.core.request.client_address import TrustedProxies

replace(TrustedProxies.client, "client is None or not self.trusts(client)", "client != address_of(peer)")
