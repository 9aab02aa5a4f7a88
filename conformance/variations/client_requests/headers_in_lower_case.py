"""The names of a request's headers are in lower case, and its headers in another order."""

from utilmeta.core.cli import call

LEVEL = "full"
original = call.outgoing


def outgoing(request, kept_cookies):
    made = original(request, kept_cookies)
    return made._replace(headers=[(name.lower(), value) for name, value in reversed(made.headers)])


call.outgoing = outgoing
