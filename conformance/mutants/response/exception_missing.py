"""There are exceptions for the statuses that everybody uses."""

from utilmeta.utils import exceptions

for name in ("Locked", "TooEarly", "NetworkAuthenticationRequired", "VariantAlsoNegotiates"):
    getattr(exceptions, name).status = 400
