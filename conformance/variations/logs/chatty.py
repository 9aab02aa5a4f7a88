"""Each request is several lines of the log, written to stderr."""

import logging
import sys

from replies import change_replies

LEVEL = "full"
log = logging.getLogger("acme.requests")
handler = logging.StreamHandler(sys.stderr)
handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
log.addHandler(handler)
log.setLevel(logging.DEBUG)
log.propagate = False


def change(status, headers, body, request):
    log.debug("a request was matched and bound")
    log.info("answered with status %d, %d header fields and %d bytes", status, len(headers), len(body))
    return status, headers, body


change_replies(change)
