"""Reads what an endpoint returned; problem.py reads errors."""

from __future__ import annotations

from typing import Any

from conformance.target.exchange import Exchange


def result(answer: Exchange) -> Any:
    """The endpoint's result; AssertionError unless the answer is a 200 whose body is JSON."""
    assert answer.status == 200, str(answer)
    return answer.json()


def spoken(answer: Exchange) -> str:
    """A text that the endpoint returned, sent as it is or as JSON; AssertionError unless the answer is a 200."""
    assert answer.status == 200, str(answer)
    return told(answer)


def told(answer: Exchange) -> str:
    """A text that a hook returned, sent as it is or as JSON, whatever the status is."""
    return answer.text.strip('"')


def text(answer: Exchange, status: int = 200) -> str:
    """The body, whatever type the framework gives to a text of its own."""
    assert answer.status == status, str(answer)
    return answer.body.decode()
