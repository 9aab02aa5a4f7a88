"""Header fields of one name count as one, though no server has joined them."""

from mutation import replace
from utilmeta.core.request.servers.asgi import ASGIRequest
from utilmeta.core.request.servers.sanic import SanicRequest
from utilmeta.core.request.servers.tornado import TornadoRequest

VARIANTS = ("starlette-async", "fastapi-sync", "sanic-async", "tornado-sync", "django-async")

replace(ASGIRequest.check_head, 'self.native["headers"]', "self.header_items()")
replace(SanicRequest.check_head, "self.native.headers.items()", "self.header_items()")
replace(TornadoRequest.check_head, "self.native.headers.get_all()", "self.header_items()")
