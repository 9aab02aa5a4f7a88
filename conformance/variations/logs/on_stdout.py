"""Each request is a line on stdout."""

import sys

from replies import change_replies

LEVEL = "full"


def change(status, headers, body, request):
    sys.stdout.write(f"answered: {status} ({len(body)} bytes)\n")
    sys.stdout.flush()
    return status, headers, body


change_replies(change)
