"""JSON of a request names its charset, and a text is in Latin-1 where that has its characters."""

from utilmeta.core.cli import request

LEVEL = "full"
original = request.body_of


def body_of(asked, given):
    body, kind = original(asked, given)
    if kind == "application/json":
        return body, "application/json;charset=UTF-8"
    if kind is not None and kind.startswith("text/plain"):
        try:
            return body.decode().encode("latin-1"), 'text/plain; charset="iso-8859-1"'
        except UnicodeError:
            return body, kind
    return body, kind


request.body_of = body_of
