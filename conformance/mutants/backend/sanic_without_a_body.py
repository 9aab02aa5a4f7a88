"""Sanic's application gets no body from an ASGI server."""

from mutation import replace
from utilmeta.core.request.servers import sanic

VARIANTS = ("sanic-sync", "sanic-async")

replace(sanic.receive_from_server, "if not stream.request_body:", "if True:")
