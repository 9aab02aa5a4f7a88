"""The address of a request's client, behind proxies that tell it in X-Forwarded-For (REQUEST-g28, SECURITY-19).

Each proxy appends the address that it was asked from. So the header is read from its end: as long as an address is that
of a trusted proxy, what that one says of its own client is believed; what stands before that anybody may have written.
A server that has read the header itself, as uvicorn does, has put an address of it in the place of the peer's: it is
read from there in the same way, and with the same result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# An address as some proxies write it, with the port, an IPv6 address in brackets then.
WITH_PORT = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::[0-9]+)?|([0-9.]+):[0-9]+")

MAPPED = 96  # bits before the IPv4 address in an address of IPv6 that holds one (RFC 4291, 2.5.5.2)


@dataclass(frozen=True)
class TrustedProxies:
    """Networks of the proxies whose X-Forwarded-For is believed."""

    networks: frozenset[Network]

    def trusts(self, address: Address) -> bool:
        """Return whether an address is that of a trusted proxy."""
        return any(address in network for network in self.networks)

    def client(self, peer: str, forwarded: str | None) -> Address | None:
        """Return the address of the client, by its peer's address and the X-Forwarded-For header.

        That is the right-most address that is no trusted proxy's, of the peer's and those of the header, and the
        left-most one where all are. What is no address ends the header. None where the peer has no address.
        """
        client = address_of(peer)
        for hop in reversed(forwarded.split(",")) if forwarded is not None else ():
            if client is None or not self.trusts(client):
                break
            before = address_of(hop.strip())
            if before is None:
                break
            client = before
        return client


def address_of(text: str) -> Address | None:
    """Return the address that a text is, without a port; None where it is none. One of IPv4 in IPv6 is that of IPv4."""
    with_port = WITH_PORT.fullmatch(text)
    try:
        address = ip_address(text if with_port is None else with_port[1] or with_port[2])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return address if mapped is None else mapped


def proxies(addresses: Iterable[str]) -> TrustedProxies:
    """Return the trusted proxies of these addresses and networks. Raises ValueError for what is neither."""
    return TrustedProxies(frozenset(map(network_of, addresses)))


def network_of(text: str) -> Network:
    """Return the network that a text is, or an address alone. One of IPv4 in IPv6 is that of IPv4, as of addresses.

    Raises ValueError for what is neither.
    """
    network = ip_network(text)
    mapped = network.network_address.ipv4_mapped if isinstance(network, IPv6Network) else None
    return (
        network if mapped is None or network.prefixlen < MAPPED else IPv4Network((mapped, network.prefixlen - MAPPED))
    )


LOOPBACK = ("127.0.0.1", "::1")
DEFAULT = proxies(LOOPBACK)

trusted_proxies: ContextVar[TrustedProxies] = ContextVar("trusted_proxies", default=DEFAULT)
"""Those of the service or API that the current request is for; a process may have several APIs (API-8f)."""
