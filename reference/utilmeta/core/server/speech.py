"""What the person who runs the service is told, beside the log."""

from __future__ import annotations

import logging
import sys

log = logging.getLogger("utilmeta")


def tell(level: int, message: str, error: BaseException | None = None) -> None:
    """Log ``message``, with the traceback of ``error``, and see that it is on stderr too, once."""
    log.log(level, message, exc_info=error)
    if log.hasHandlers():  # without one, logging itself writes to stderr
        sys.stderr.write(message + "\n")
