"""A service at 0.0.0.0 listens at 127.0.0.1 alone."""

from mutation import replace
from utilmeta.core.server.address import addresses

replace(addresses, "socket.getaddrinfo(host,", 'socket.getaddrinfo("127.0.0.1" if host == "0.0.0.0" else host,')
