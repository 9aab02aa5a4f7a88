"""A path with a slash at its end is another one, which is not found."""

from utilmeta.core.routing.table import RouteTable
from utilmeta.utils.exceptions import NotFound

LEVEL = "guides"
BREAKS = {"BACKEND-7", "REQUEST-5g", "ROUTE-4a"}
original = RouteTable.find


def find(self, path, method):
    if len(path) > 1 and path.endswith(b"/"):
        raise NotFound("No such path")
    return original(self, path, method)


RouteTable.find = find
