"""The error of a parameter that does not fit has no detail."""

from utilmeta.utils.exceptions import BadRequest

original = BadRequest.__init__


def init(self, detail="", *, headers=None, errors=None):
    original(self, detail, headers=headers, errors=errors)
    if errors is not None:
        self.detail = detail


BadRequest.__init__ = init
