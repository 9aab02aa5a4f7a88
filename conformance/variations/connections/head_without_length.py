"""An answer to HEAD has no Content-Length."""

from replies import change_replies

LEVEL = "guides"
BREAKS = {"BACKEND-7", "ROUTE-2c"}


def change(status, headers, body, request):
    said = [each for each in headers if each[0] != "Content-Length"]
    return status, said if request.method == "HEAD" else headers, body


change_replies(change)
