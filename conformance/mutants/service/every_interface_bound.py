"""Whatever the host, the service listens on every address of the machine."""

from mutation import replace
from utilmeta.core.server.address import addresses

replace(addresses, "socket.getaddrinfo(host,", "socket.getaddrinfo(None,")
