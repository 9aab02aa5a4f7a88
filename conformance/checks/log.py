"""What a service writes to its log, waited for."""

from __future__ import annotations

import time

from conformance.foundation.deadline import ANSWER, Deadline
from conformance.target.service import Started


def logged(service: Started, before: int, *parts: str, until: Deadline | None = None) -> str:
    """What the log has gained since it was `before` characters long, once it has all these parts."""
    until = until or Deadline.after(ANSWER)
    while not all(part in service.output[before:] for part in parts) and not until.passed:
        time.sleep(0.01)
    return service.output[before:]
