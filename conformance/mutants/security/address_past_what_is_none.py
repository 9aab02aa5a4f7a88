"""What is no address in X-Forwarded-For is passed by, and what stands before it counts."""

from mutation import replace
from utilmeta.core.request.client_address import TrustedProxies

replace(TrustedProxies.client, "if before is None:\n            break", "if before is None:\n            continue")
