"""A body without a Content-Length is taken for an empty one."""

from mutation import replace
from utilmeta.core.request.wsgi import WSGIRequest

replace(WSGIRequest.read_body, 'read_all(stream, limit) if self.native.get("wsgi.input_terminated") else b""', 'b""')
