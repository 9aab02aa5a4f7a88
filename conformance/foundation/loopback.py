"""Loopback addresses and free ports; each worker has an address of its own, so default ports do not collide."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator

from conformance.foundation import locking
from conformance.foundation.exceptions import PortTaken

LOCALHOST = "127.0.0.1"


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def own_address() -> str:
    """Return an address of 127.0.0.0/8 that this process alone uses; 127.0.0.1 where there is no other (macOS)."""
    pid = os.getpid()
    address = f"127.{64 + (pid >> 14) % 128}.{(pid >> 7) % 128}.{1 + pid % 128}"
    with socket.socket() as trial:
        try:
            trial.bind((address, 0))
        except OSError:
            return LOCALHOST
    return address


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen at this host and port."""
    try:
        with socket.socket(_family(host)) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError:
        return False
    return True


def require_free(host: str, port: int) -> None:
    """Raise PortTaken unless a server could listen at this host and port."""
    if not is_free(host, port):
        raise PortTaken(
            f"Port {port} of {host} is needed and somebody else listens on it. Stop that process, or choose another "
            "port."
        )


def free_port(host: str) -> int:
    """Return a port of `host` that no server listens on."""
    with socket.socket(_family(host)) as trial:
        trial.bind((host, 0))
        port: int = trial.getsockname()[1]
    return port


@contextlib.contextmanager
def turn(host: str, port: int, seconds: float = 120.0) -> Iterator[None]:
    """Hold a port, at every host, against the other workers of this machine, which wait for their turn.

    Raises PortTaken when somebody who takes no turns listens there, LockHeld when nobody gives the port back within
    that time, NotOurs when the folder of the locks is another user's.
    """
    with locking.locked(locking.user_folder() / f"{port}.lock", seconds):
        require_free(host, port)
        yield
