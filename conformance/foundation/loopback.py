"""Loopback addresses and free ports: each worker has an address of its own, so that default ports do not collide."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator

from conformance.foundation import locking
from conformance.foundation.faults import PortTaken

LOCALHOST = "127.0.0.1"


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def own_address() -> str:
    """An address of 127.0.0.0/8 that belongs to this process alone, or 127.0.0.1 where only that one exists (macOS)."""
    pid = os.getpid()
    address = f"127.{64 + (pid >> 14) % 128}.{(pid >> 7) % 128}.{1 + pid % 128}"
    with socket.socket() as trial:
        try:
            trial.bind((address, 0))
        except OSError:
            return LOCALHOST
    return address


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there."""
    try:
        with socket.socket(_family(host)) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError:
        return False
    return True


def require_free(host: str, port: int) -> None:
    """Raise PortTaken unless a server could listen there."""
    if not is_free(host, port):
        raise PortTaken(
            f"Port {port} of {host} is needed and somebody else listens on it. Stop that process, or choose another "
            "port."
        )


def free_port(host: str) -> int:
    """A port that nobody listens on at `host`."""
    with socket.socket(_family(host)) as trial:
        trial.bind((host, 0))
        port: int = trial.getsockname()[1]
    return port


@contextlib.contextmanager
def turn(host: str, port: int, seconds: float = 120.0) -> Iterator[None]:
    """Have a port that others may want too to oneself: among the workers of this machine one at a time, at whatever
    host, for what is judged may listen at all of them.

    Raises PortTaken when somebody who takes no turns listens there, LockHeld when nobody gives the port back within
    that time, NotOurs when the folder of the locks is another user's.
    """
    with locking.locked(locking.user_folder() / f"{port}.lock", seconds):
        require_free(host, port)
        yield
