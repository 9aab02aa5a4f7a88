"""The error of a command, which ends it with one paragraph."""


class CommandError(Exception):
    """A command cannot do what it is asked for; the message names the cure. ``status`` is the exit status."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status
