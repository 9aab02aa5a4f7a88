"""Binds the address that a service listens at, before any hook runs (SERVICE-9 to SERVICE-14)."""

from __future__ import annotations

import errno
import os
import socket

from utilmeta.utils.exceptions import AddressUnavailable

BACKLOG = 2048
NOT_HERE = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}


def listen(host: str, port: int) -> list[socket.socket]:
    """Listening sockets for ``host``: an address, or a name with each of its addresses that this machine has.

    An IPv6 socket takes no IPv4 connections. Raises AddressUnavailable naming host and port.
    """
    sockets: list[socket.socket] = []
    missing: OSError | None = None
    try:
        for family, address in addresses(host, port):
            try:
                sockets.append(listener(family, address))
            except OSError as error:
                # A name may resolve to ::1 on a machine without IPv6.
                if error.errno not in NOT_HERE:
                    raise
                missing = error
        if missing is not None and not sockets:
            raise missing
    except OSError as error:
        for sock in sockets:
            sock.close()
        raise AddressUnavailable(
            f"cannot listen on host {host}, port {port}: {error.strerror or error}. Stop what uses the port, or give "
            "the service another one: UtilMeta(..., host=..., port=...)"
        ) from error
    return sockets


def listener(family: socket.AddressFamily, address: tuple[object, ...]) -> socket.socket:
    """A socket that listens at one address. Raises OSError."""
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            # For a restart while old connections time out; on Windows it would share the port.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind(address)
        sock.listen(BACKLOG)
    except OSError:
        sock.close()
        raise
    return sock


def addresses(host: str, port: int) -> list[tuple[socket.AddressFamily, tuple[object, ...]]]:
    """The addresses of a host, each once. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    unique = {(family, address): None for family, _, _, _, address in found}
    return [(family, address) for family, address in unique]
