"""Limits of a client within the time of a call, and of the size of an answer."""

from __future__ import annotations

from dataclasses import dataclass

CONNECT = "connect_timeout"
READ = "read_timeout"


@dataclass(frozen=True)
class Limits:
    """Seconds that connecting may take (names, TCP, TLS), and the wait for the next bytes of an answer; the most bytes
    of an answer's body. None is no limit."""

    connect: float | None = None
    read: float | None = None
    size: int | None = None

    def of(self, name: str) -> float | None:
        """Return the seconds of a limit by its name."""
        return self.connect if name == CONNECT else self.read


NO_LIMITS = Limits()
MIB = 1 << 20


def checked_size(size: object) -> int | None:
    """Return the number of bytes that an answer may have. Raises TypeError and ValueError."""
    if size is not None and type(size) is not int:
        raise TypeError(f"max_response_size is a number of bytes, or None, not {size!r}")
    if size is not None and size < 0:
        raise ValueError(f"max_response_size is a number of bytes, not {size!r}")
    return size
