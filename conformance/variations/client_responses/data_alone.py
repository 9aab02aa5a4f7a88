"""A Response that is no template has `data` alone, and no result."""

from utilmeta.core.cli import call

LEVEL = "full"
original = call.received


def received(status, fields, body, request):
    found = original(status, fields, body, request)
    found.result = None
    return found


call.received = received
