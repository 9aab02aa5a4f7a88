"""Trusted proxies of IPv4 that are written as addresses of IPv6 are trusted as none."""

from mutation import replace
from utilmeta.core.request import client_address

replace(client_address.network_of, "if mapped is None or network.prefixlen < MAPPED else", "if True else")
