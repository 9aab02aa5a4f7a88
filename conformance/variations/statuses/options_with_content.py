"""OPTIONS is answered 200, with the methods as a text."""

from replies import change_replies

LEVEL = "guides"
BREAKS = {"BACKEND-7", "PLUGIN-8g", "ROUTE-2d"}


def change(status, headers, body, request):
    allow = dict(headers).get("Allow")
    if request.method != "OPTIONS" or status != 204 or allow is None:
        return status, headers, body
    text = allow.encode()
    return 200, [*headers, ("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text)))], text


change_replies(change, ["reply"])
