"""A path with a segment `..` is refused with 400."""

from utilmeta.core.routing.table import RouteTable
from utilmeta.utils.exceptions import BadRequest

LEVEL = "guides"
BREAKS = {"BACKEND-7", "REQUEST-5g", "ROUTE-4a"}
original = RouteTable.find


def find(self, path, method):
    if b".." in path.split(b"/"):
        raise BadRequest("A path may not hold `..`")
    return original(self, path, method)


RouteTable.find = find
