"""Reads what an injected application, which the native route of backend_injected.py tells of, has and saw."""

from __future__ import annotations

from typing import Any

from conformance.target.service import Service


def told(service: Service) -> Any:
    """What the native route says of the application's parts."""
    answer = service.get("/native")
    assert answer.status == 200, str(answer)
    return answer.json()


def sight(service: Service, sent: str) -> Any:
    """What the middleware wrote down of the one request with that word."""
    seen = [entry for entry in told(service)["seen"] if entry["word"] == sent]
    assert len(seen) == 1, f"the middleware saw {len(seen)} requests in place of one"
    return seen[0]
