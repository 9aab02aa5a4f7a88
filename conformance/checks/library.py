"""Whether the implementation's interpreter has a library without which a check has nothing to ask."""

from __future__ import annotations

from conformance.foundation.exceptions import HarnessError
from conformance.target.service import Service


def require(service: Service, library: str) -> None:
    """Raise HarnessError, which makes the cell unverified, unless the scenario's `/api/libraries` lists the library."""
    answer = service.get("/api/libraries")
    assert answer.status == 200, str(answer)
    if library not in answer.members()["installed"]:
        raise HarnessError(f"{library} is not installed in the implementation's interpreter; install it to verify this")
