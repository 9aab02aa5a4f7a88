"""Errors of validation: those of other libraries as pydantic's."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import pydantic_core

MISSING = "is required"

# Offences that are told one by one: a body of 10 MiB has room for three million.
MOST_OFFENCES = 1000

Location = tuple[str | int, ...]
Fault = tuple[Location, str]
"""A location, by the names as they were sent, and the reason, MISSING where nothing was sent."""


def refusal(title: str, faults: Iterable[Fault], value: Any) -> pydantic_core.ValidationError:
    """Return a pydantic error with the first of ``faults`` in ``value``: as many as an answer lists (MOST_OFFENCES),
    and one more, by which the answer can say that there are more."""
    details: list[pydantic_core.InitErrorDetails] = [
        {"type": "missing" if reason == MISSING else own(reason), "loc": location, "input": value}
        for location, reason in islice(faults, MOST_OFFENCES + 1)
    ]
    return pydantic_core.ValidationError.from_exception_data(title, details)


def own(reason: str) -> pydantic_core.PydanticCustomError:
    """Return the pydantic error of one fault."""
    return pydantic_core.PydanticCustomError("invalid", reason)
