"""Counts the connections that this process opens: a check that has sockets of its own asks a service by these alone."""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from typing import Any

from conformance.target.exchange import Address

_opened: Counter[Address] = Counter()


@cache
def watch() -> None:
    """Begin to count; Python lets nobody end it."""
    sys.addaudithook(_count)


def _count(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        _opened[arguments[1][:2]] += 1


def opened() -> Counter[Address]:
    """Return how many connections this process has begun to open, by address."""
    return Counter(_opened)
