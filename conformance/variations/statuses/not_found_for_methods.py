"""A method that a path does not have is a 404."""

from utilmeta.utils.exceptions import MethodNotAllowed, NotFound

LEVEL = "page"
BREAKS = {"BACKEND-7", "ERROR-1b", "ERROR-1f", "RESPONSE-6c", "RESPONSE-7a", "RESPONSE-7c", "ROUTE-2c", "ROUTE-4c"}
MethodNotAllowed.status = 404
MethodNotAllowed.__init__ = lambda self, allow=(), detail="": NotFound.__init__(self, "No such path")
