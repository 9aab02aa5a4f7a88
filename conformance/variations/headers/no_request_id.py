"""A request has no id, neither in its answer nor in the log."""

from mutation import replace
from replies import change_replies
from utilmeta.core.pipeline.responder import Responder

LEVEL = "guides"
BREAKS = {"ERROR-3b", "ERROR-5b", "SECURITY-12f"}


def change(status, headers, body, request):
    return status, [each for each in headers if each[0] != "X-Request-ID"], body


change_replies(change)
replace(Responder.log, " (request %s)", "")
replace(Responder.log, "label, request.id,", "label,")
