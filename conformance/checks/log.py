"""Waits for what a service writes to its log."""

from __future__ import annotations

import time

from conformance.foundation.deadline import LOG_LINE, Deadline
from conformance.target.service import Started


def logged(service: Started, before: int, *parts: str, until: Deadline | None = None) -> str:
    """What has come to the log after its first `before` characters, when it holds all `parts`, or at the deadline."""
    until = until or Deadline.after(LOG_LINE)
    while not all(part in service.output[before:] for part in parts) and not until.passed:
        time.sleep(0.01)
    return service.output[before:]
