"""A Response that is no template has `data` alone, and no result."""

from utilmeta.core.cli import call
from utilmeta.core.response.response import RECEIVED, Response

LEVEL = "full"
original = call.received
check = Response.check


def received(status, fields, body, request):
    found = original(status, fields, body, request)
    found.result = None
    return found


call.received = received


def checked(self):
    if self._settled[0] == RECEIVED and self.result is None:
        self.result = self.data  # of one that an endpoint returns
    return check(self)


Response.check = checked
