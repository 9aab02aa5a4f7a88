"""`self` of an endpoint and `self.request` have attributes of the implementation's own."""

from utilmeta.core.api.declaration import API
from utilmeta.core.request.request import Request

LEVEL = "full"
API.acme_ = property(lambda self: "acme")
Request.acme = property(lambda self: self.id[:8])
