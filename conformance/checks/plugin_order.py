"""Reads what ran around a request, hooks and plugins in their order, of a scenario that notes it (plugin_traces.py)."""

from __future__ import annotations

from typing import Any

from conformance.target.exchange import Exchange
from conformance.target.service import Service

FALSE = {"text": "", "zero": 0, "false": False, "list": [], "object": {}, "nothing": None}
"""Results that are false, by the names under which scenarios give them."""


def member(answer: Exchange, name: str) -> Any:
    """The member of the object that is the result."""
    assert answer.status == 200
    return answer.members()[name]


def last(service: Service, name: str = "trace") -> list[Any]:
    """What ran around the last request since it was asked for, or ("seen") what plugins were called with."""
    found: list[Any] = member(service.get("/api/last"), name)
    return found


def trace(service: Service, path: str, **more: Any) -> list[Any]:
    """What runs around a request, in the order in which it does."""
    last(service)
    service.get(path, **more)
    return last(service)
