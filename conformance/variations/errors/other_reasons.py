"""The reasons in a 422 are worded in another way."""

from utilmeta.utils.exceptions import UnprocessableEntity

LEVEL = "full"
original = UnprocessableEntity.__init__


def init(self, errors=(), detail=""):
    original(self, [{**each, "reason": f"refused ({len(each['reason'])})"} for each in errors], detail)


UnprocessableEntity.__init__ = init
