"""What does not convert is a 422."""

from utilmeta.utils.exceptions import BadRequest

LEVEL = "page"
BREAKS = {
    "API-4b", "API-4c", "BACKEND-7", "ERROR-1f", "ERROR-2b", "ERROR-2c", "PLUGIN-5b", "REQUEST-2b",
    "REQUEST-3b", "REQUEST-10c", "REQUEST-10d", "REQUEST-22", "REQUEST-11b", "REQUEST-12b", "REQUEST-14f",
    "REQUEST-15", "REQUEST-18a", "REQUEST-19", "REQUEST-23", "REQUEST-24", "REQUEST-g4",
    "SECURITY-3g", "SECURITY-7c", "SECURITY-10b",
}  # fmt: skip
original = BadRequest.__init__


def init(self, detail="", *, headers=None, errors=None):
    original(self, detail, headers=headers, errors=errors)
    if errors is not None:
        self.status = 422


BadRequest.__init__ = init
