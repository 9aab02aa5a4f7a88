"""An error has no body at all."""

from replies import change_errors, with_header

LEVEL = "page"
BREAKS = set()


def change(status, headers, body, request):
    return status, with_header([each for each in headers if each[0] != "Content-Type"], "Content-Length", "0"), b""


change_errors(change)
