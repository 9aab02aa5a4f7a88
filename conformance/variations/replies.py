"""Changes the replies of the reference, for variations: what the API answers, be it a result or an error."""

import functools

from utilmeta.core.pipeline.responder import Responder


def change_replies(change, methods=("reply", "reply_to_error")):
    """Send what `change(status, headers, body, request)` returns, again a status, a list of headers and a body."""
    for name in methods:
        setattr(Responder, name, _changed(getattr(Responder, name), change))


def change_errors(change):
    """As `change_replies`, for the replies to exceptions alone."""
    change_replies(change, ["reply_to_error"])


def _changed(original, change):
    @functools.wraps(original)
    def reply(self, result, request, *more):
        status, headers, body = original(self, result, request, *more)
        return change(status, list(headers), body, request)

    return reply


def with_header(headers, name, value):
    """The headers with another value of this one, which stands there or not."""
    return [*((each, old) for each, old in headers if each.lower() != name.lower()), (name, value)]
