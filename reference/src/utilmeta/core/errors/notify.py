"""Messages to the operator of a service, on stderr and in the log."""

from __future__ import annotations

import logging
import sys

from utilmeta.core.errors.exception_log import log_raised

log = logging.getLogger("utilmeta")


def tell(level: int, message: str, error: BaseException | None = None) -> None:
    """Log ``message``, with the traceback of ``error``, and make sure that it appears on stderr too, exactly once."""
    if error is None:
        log.log(level, message)
    else:
        log_raised(log, "%s", message, error=error)
    if log.hasHandlers():  # without one, logging itself writes to stderr
        sys.stderr.write(message + "\n")
