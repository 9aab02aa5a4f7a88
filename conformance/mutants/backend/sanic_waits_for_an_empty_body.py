"""Sanic under another server asks for a body again that was empty."""

from mutation import replace
from utilmeta.core.request.servers import sanic

VARIANTS = ("sanic-async", "sanic-sync")

replace(sanic.receive_from_server, "stream.request_body = False", "pass")
