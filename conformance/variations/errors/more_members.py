"""A problem has members beside those that RFC 9457 names, as that allows."""

from utilmeta.core.pipeline import responder
from utilmeta.core.response import problem as module

LEVEL = "full"
original = module.members


def members(status, detail):
    return {"docs": "errors.html", **original(status, detail), "retry": status >= 500}


module.members = members
responder.LAST_RESORT = module.encode(members(500, ""))
