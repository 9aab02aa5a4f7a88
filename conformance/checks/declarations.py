"""Asserts that what a service declares is taken, or refused by name, when it is built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from conformance.foundation.exceptions import ScenarioFailed
from conformance.target.target import Target


@contextmanager
def taken() -> Iterator[None]:
    """Context manager: that a service cannot be built in it fails the check, which is not left unverified."""
    try:
        yield
    except ScenarioFailed as refusal:
        raise AssertionError(str(refusal)) from refusal


def declarations_refused(target: Target, requirement: str) -> None:
    """Each declaration that the requirement is about is an error with the names that it asks for."""
    found: dict[str, dict[str, Any]]
    found = target.probe("api_invalid_declarations", "declared", requirement=requirement).value
    assert found.pop("nothing wrong")["error"] is None, "what is right is refused"
    assert sorted(what for what, told in found.items() if told["error"] is None) == [], "these are taken"
    lacking = {what: told for what, told in found.items() if told["lacks"]}
    assert lacking == {}, "these are not named"
