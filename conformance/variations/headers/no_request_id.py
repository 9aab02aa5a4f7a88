"""A request has no id, neither in its answer nor in the log."""

from replies import change_replies
from utilmeta.core.request.request import Request

LEVEL = "guides"
BREAKS = {"ERROR-3b", "ERROR-5b", "SECURITY-12f"}


def change(status, headers, body, request):
    return status, [each for each in headers if each[0] != "X-Request-ID"], body


change_replies(change)
Request.id = ""  # not by the text of Responder.log, which variations of the log change
