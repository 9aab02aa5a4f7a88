"""Connecting has five seconds, whatever the timeout is."""

from mutation import replace
from utilmeta.core.cli.transport.connection import open_socket

replace(
    open_socket,
    "deadline.bound(sock)\n            sock.setsockopt",
    "sock.settimeout(5)\n            sock.setsockopt",
)
