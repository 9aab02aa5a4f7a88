"""What servers leave to who deploys them, in their own documentation: the cells of the table that this excuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """What a server says of itself, and where."""

    words: str
    link: str


# By the name of the server in the table (`Deployment.served_by`) and that of the attack.
LIMITS: Mapping[tuple[str, str], Limit] = {}
