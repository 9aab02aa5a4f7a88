"""An answer that says nothing about caches says that it must not be kept."""

from replies import change_replies

LEVEL = "full"


def change(status, headers, body, request):
    said = {name.lower() for name, _ in headers}
    return status, headers if "cache-control" in said else [*headers, ("Cache-Control", "no-store")], body


change_replies(change)
