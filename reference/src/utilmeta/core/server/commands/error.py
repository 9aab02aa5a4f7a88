"""The error of a command, which ends it with one paragraph."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterator


class CommandError(Exception):
    """A command cannot do what it is asked for; the message names the cure. ``status`` is the exit status."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


@contextlib.contextmanager
def forbid_exit() -> Iterator[None]:
    """Raise CommandError where what runs in it, such as the module of a service, calls ``sys.exit()``.

    The command would end there with the status of that, which may be 0.
    """
    try:
        yield
    except SystemExit as error:
        raise CommandError(not_loaded(error)) from error


def not_loaded(error: BaseException) -> str:
    """Return the message that a service does not load, with what was raised, and where."""
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" ({frame.filename}, line {frame.lineno})" for frame in place)
    return f"the service does not load: {type(error).__name__}: {error}{where}"
