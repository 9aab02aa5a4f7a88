"""A text that an endpoint returns is sent as JSON."""

import json

import replies

LEVEL = "page"
BREAKS = "above"
TEXT = "text/plain"


def change(status, headers, body, request):
    media_type = next((value for name, value in headers if name.lower() == "content-type"), "")
    if media_type.startswith(TEXT) and request.method != "HEAD":
        body = json.dumps(body.decode()).encode()
        headers = replies.with_header(headers, "Content-Type", "application/json")
        headers = replies.with_header(headers, "Content-Length", str(len(body)))
    return status, headers, body


replies.change_replies(change, ["reply"])
