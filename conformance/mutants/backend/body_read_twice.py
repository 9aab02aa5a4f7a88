"""A body that native middleware has read is read from the connection once more."""

from mutation import replace
from utilmeta.core.request.servers.django import DjangoWSGIRequest
from utilmeta.core.request.servers.wsgi import WSGIRequest

VARIANTS = ("django-sync",)

replace(DjangoWSGIRequest.read_body, "if read is None:", "if True:")
replace(WSGIRequest.read_body, "stream.stream, stream.content()", 'stream.stream, b""')
