"""The reasons in a 400 are worded in another way."""

from utilmeta.utils.exceptions import BadRequest

LEVEL = "full"
original = BadRequest.__init__


def init(self, detail="", *, headers=None, errors=None):
    if errors is not None:
        errors = [{**each, "reason": f"refused ({len(each['reason'])})"} for each in errors]
    original(self, detail, headers=headers, errors=errors)


BadRequest.__init__ = init
