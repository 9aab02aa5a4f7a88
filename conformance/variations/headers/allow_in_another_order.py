"""The methods in Allow stand in another order, without spaces."""

from replies import change_replies

LEVEL = "full"


def change(status, headers, body, request):
    return status, [(name, turned(value) if name == "Allow" else value) for name, value in headers], body


def turned(value):
    return ",".join(reversed([each.strip() for each in value.split(",")]))


change_replies(change)
