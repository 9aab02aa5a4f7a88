"""Sanic's application takes a body of any size from an ASGI server, if its length is not announced."""

from mutation import replace
from utilmeta.core.request.servers import sanic

VARIANTS = ("sanic-sync", "sanic-async")

replace(sanic.receive_from_server, "stream.transport.receive, limit", "stream.transport.receive, 1 << 60")
