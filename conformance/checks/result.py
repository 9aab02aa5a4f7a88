"""What an endpoint returned, as it came back in JSON; its counterpart is problem.py."""

from __future__ import annotations

from typing import Any

from conformance.target.exchange import Exchange


def result(answer: Exchange) -> Any:
    """The endpoint's result; an AssertionError where the answer is no 200 with JSON."""
    assert answer.status == 200, str(answer)
    return answer.json()
