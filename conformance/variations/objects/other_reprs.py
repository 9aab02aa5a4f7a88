"""Objects have other reprs, and attributes of the implementation's own."""

from utilmeta.core.response.response import Response
from utilmeta.core.server.service import UtilMeta

LEVEL = "full"
UtilMeta.__repr__ = lambda self: f"<service {self.name}>"
UtilMeta.acme, UtilMeta.acme_settings = True, property(lambda self: {"module": self.module_name})
Response.__repr__ = lambda self: "<response>"
