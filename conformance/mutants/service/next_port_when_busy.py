"""When the port is busy the service takes the next one, and says so."""

from mutation import replace
from utilmeta.core.server import address

replace(address.listen, "raise AddressUnavailable(", "return listen(host, port + 1)\n        raise AddressUnavailable(")
