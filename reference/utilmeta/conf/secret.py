"""Which names say that their value is secret (ENV-10), and what is shown in its place."""

from __future__ import annotations

SAYING = ("password", "passwd", "passphrase", "secret", "token", "key", "credential")
MASK = "********"


def is_secret(name: str) -> bool:
    """Whether a variable, setting or field of this name is not to be shown."""
    lower = name.lower()
    return any(word in lower for word in SAYING)
