"""What goes wrong with a request is an error of other classes and texts, and its cause a plain exception of Python."""

from utilmeta.core.cli import call, error, parameters, redirect, retry

LEVEL = "full"
original = call.failure


class Late(TimeoutError):
    """The time is over."""


class Broken(Exception):
    """There is no answer, and it is no OSError."""


class Unanswered(error.ClientError):
    """In place of Aborted."""


def failure(found, deadline, request):
    kind = Late if isinstance(original(found, deadline, request), error.TimedOut) else Broken
    made = type(kind.__name__, (kind, error.TimedOut if kind is Late else Unanswered), {})
    return made("it did not work", request)


class Refused(error.ClientError):
    """An argument, in place of a ValueError."""

    def __init__(self, message, request=None):
        super().__init__(f"[E4] {message}; see https://example.com/E4", request)


call.failure = failure
call.Aborted = redirect.Aborted = retry.Aborted = Unanswered
parameters.ArgumentError = Refused
