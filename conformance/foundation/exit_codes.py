"""Exit codes of pytest as it judges, of `python -m conformance`, of `python -m matrix` and of the load tests."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command of the harness ends with; pytest's own codes apply where a session holds no check.

    `UNVERIFIED` says that nothing failed and something could not be judged, or that the harness itself failed.
    """

    CONFORMS = 0
    DOES_NOT_CONFORM = 1
    BAD_USAGE = 2
    UNVERIFIED = 3
