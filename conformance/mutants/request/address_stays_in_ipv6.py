"""An address of IPv4 that a proxy writes in IPv6 stays as it is written."""

from mutation import replace
from utilmeta.core.request import client_address

replace(client_address.address_of, "if mapped is None else mapped", "if True else mapped")
