"""The left-most address of X-Forwarded-For counts, which the client may have written."""

from mutation import replace
from utilmeta.core.request.client_address import TrustedProxies

replace(TrustedProxies.client, "not self.trusts(client)", "False")
